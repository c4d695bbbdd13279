export interface FlagDesign {
  hue: 'plum' | 'azure' | 'teal' | 'ochre' | 'violet' | 'moss' | 'umber' | 'slate'
  pattern: 'cross' | 'halves' | 'quarters' | 'bands' | 'saltire' | 'square' | 'diag' | 'dot'
  code: string
}

const patterns: Record<FlagDesign['pattern'], string> = {
  cross: 'M7.8 1h2.4v3.8H17v2.4h-6.8V11H7.8V7.2H1V4.8h6.8z',
  halves: 'M9 1h7v10H9z',
  quarters: 'M9 2h7v4H9zM2 6h7v4H2z',
  bands: 'M2 4.3h14v3.4H2z',
  saltire: 'M2.2 1.4 9 5l6.8-3.6.8 1L11 6l5.6 3.6-.8 1L9 7l-6.8 3.6-.8-1L7 6 1.4 2.4z',
  square: 'M5.5 3.6h7v4.8h-7z',
  diag: 'M2 11h14.5V1.5z',
  dot: 'M9 2.6a3.4 3.4 0 1 1 0 6.8 3.4 3.4 0 0 1 0-6.8z',
}

export const flagColour = (hue: FlagDesign['hue']): string => `var(--color-env-${hue})`

/** Identity of an environment, never its state. Readers hear the code, unless its name stands beside it (`quiet`). */
export function Flag({ flag, size = 16, quiet }: { flag: FlagDesign; size?: number; quiet?: boolean }) {
  const colour = flagColour(flag.hue)
  return (
    <svg
      width={size}
      height={(size * 2) / 3}
      viewBox="0 0 18 12"
      className="flex-none forced-color-adjust-none"
      {...(quiet ? { 'aria-hidden': true } : { role: 'img', 'aria-label': flag.code })}
    >
      <rect width="18" height="12" rx="2" fill={colour} />
      <path d={patterns[flag.pattern]} fill="#fff" fillOpacity=".94" />
      <rect x=".5" y=".5" width="17" height="11" rx="1.6" fill="none" stroke={colour} />
    </svg>
  )
}
