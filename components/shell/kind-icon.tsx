import {
  Activity,
  Blocks,
  Box,
  Container,
  Gauge,
  HardDrive,
  KeyRound,
  Layers,
  Network,
  Route,
  ScrollText,
  Server,
  Shield,
  ShieldUser,
  SlidersHorizontal,
  Timer,
  Waypoints,
  Webhook,
  CalendarClock,
  Database,
  Folder,
  ListChecks,
  ListOrdered,
  type LucideIcon,
} from 'lucide-react'

/** One icon for each idea, by the name a kind gives for itself. */
const icons: Record<string, LucideIcon> = {
  activity: Activity,
  blocks: Blocks,
  box: Box,
  container: Container,
  gauge: Gauge,
  'hard-drive': HardDrive,
  'key-round': KeyRound,
  layers: Layers,
  network: Network,
  route: Route,
  'scroll-text': ScrollText,
  server: Server,
  'shield-user': ShieldUser,
  shield: Shield,
  'sliders-horizontal': SlidersHorizontal,
  timer: Timer,
  waypoints: Waypoints,
  webhook: Webhook,
  'list-ordered': ListOrdered,
  'list-checks': ListChecks,
  folder: Folder,
  database: Database,
  'calendar-clock': CalendarClock,
}

/** The icon of a kind, drawn. */
export function KindIcon({ name, className }: { name: string; className?: string }) {
  const Icon = icons[name] ?? Box
  return <Icon aria-hidden className={className ?? 'size-4 flex-none text-ink-3'} strokeWidth={1.6} />
}

/** The icon of a kind, for a list of data. */
export const kindIcon = (name: string): LucideIcon => icons[name] ?? Box
