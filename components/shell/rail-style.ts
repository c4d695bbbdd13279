/** Words of the rail: gone to the eye when it is folded, never to readers. */
export const railWord = '@max-[6rem]:sr-only'

/** The place that is open. */
export const railHere = 'bg-surface font-medium text-ink ring-1 ring-line hover:bg-surface dark:bg-hover dark:ring-0 dark:hover:bg-hover'
