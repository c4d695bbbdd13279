import { cn } from './cn.ts'

/** A place whose words are still to come. Give it a width and a height. */
export const Skeleton = ({ className }: { className?: string }) => (
  <span aria-hidden className={cn('block h-2.5 rounded-xs bg-line', className)} />
)

const widths = [
  ['w-18', 'w-36', 'w-10'],
  ['w-16', 'w-28', 'w-13'],
  ['w-18', 'w-40', 'w-9'],
  ['w-14', 'w-32', 'w-11'],
] as const

/** Rows of the right height while a list is loading. */
export const SkeletonRows = ({ count = 8, className }: { count?: number; className?: string }) => (
  <ul aria-hidden className={className}>
    {Array.from({ length: count }, (_, index) => {
      const [state, name, age] = widths[index % widths.length]!
      return (
        <li key={index} className="flex h-row items-center gap-4 border-b border-line px-3.5 last:border-b-0">
          <span className="size-2.5 flex-none rounded-full bg-line" />
          <Skeleton className={state} />
          <Skeleton className={name} />
          <span className="flex-1" />
          <Skeleton className={age} />
        </li>
      )
    })}
  </ul>
)
