import { CircleDot, OctagonX, Pause, Pencil, Play, RotateCw, Square, StepForward, Trash2, type LucideIcon } from 'lucide-react'

/** One icon per idea, by the names that kinds of every engine give to what they can do. */
const icons: Record<string, LucideIcon> = {
  start: Play,
  stop: Square,
  restart: RotateCw,
  kill: OctagonX,
  run: Play,
  pause: Pause,
  suspend: Pause,
  unpause: StepForward,
  resume: StepForward,
  rename: Pencil,
  remove: Trash2,
}

export const iconOfAction = (name: string): LucideIcon => icons[name] ?? CircleDot
