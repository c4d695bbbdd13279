import {
  Activity,
  Box,
  Container,
  HardDrive,
  KeyRound,
  Layers,
  Network,
  ScrollText,
  Server,
  SlidersHorizontal,
  type LucideIcon,
} from 'lucide-react'

/** One icon for each idea, by the name a kind gives for itself. */
const icons: Record<string, LucideIcon> = {
  activity: Activity,
  box: Box,
  container: Container,
  'hard-drive': HardDrive,
  'key-round': KeyRound,
  layers: Layers,
  network: Network,
  'scroll-text': ScrollText,
  server: Server,
  'sliders-horizontal': SlidersHorizontal,
}

/** The icon of a kind, drawn. */
export function KindIcon({ name, className }: { name: string; className?: string }) {
  const Icon = icons[name] ?? Box
  return <Icon aria-hidden className={className ?? 'size-4 flex-none text-ink-3'} strokeWidth={1.6} />
}

/** The icon of a kind, for a list of data. */
export const kindIcon = (name: string): LucideIcon => icons[name] ?? Box
