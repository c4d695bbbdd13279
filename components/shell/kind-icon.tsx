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

export const kindIcon = (name: string): LucideIcon => icons[name] ?? Box
