import { cn } from './cn.ts'

interface ProgressProps {
  /** Its accessible name: whom it is waiting for, what is done. */
  label: string
  /** Between 0 and 1; null when nobody knows. */
  value: number | null
  className?: string
}

export const Progress = ({ label, value, className }: ProgressProps) => (
  <span
    role="progressbar"
    aria-label={label}
    aria-valuemin={0}
    aria-valuemax={100}
    aria-valuenow={value === null ? undefined : Math.round(value * 100)}
    className={cn('relative block h-1 w-14 overflow-hidden rounded-full bg-line', className)}
  >
    <span
      className={cn('absolute inset-y-0 left-0 rounded-full bg-accent', value === null && 'w-6 animate-slide')}
      style={value === null ? undefined : { width: `${value * 100}%` }}
    />
  </span>
)
