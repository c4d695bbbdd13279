/** Numbers, sizes and ages as people read them. Pure; `locale` is `en` or `fr`, other languages read as English. */

const space = '\u00a0'
const isFrench = (locale: string) => locale.startsWith('fr')

const numberFormats = new Map<string, Intl.NumberFormat>()
function numberFormat(locale: string, digits: number): Intl.NumberFormat {
  const name = `${locale}/${digits}`
  const known = numberFormats.get(name) ?? new Intl.NumberFormat(locale, { maximumFractionDigits: digits })
  numberFormats.set(name, known)
  return known
}

/** `12480` → `12,480`; at most `digits` decimals. */
export const formatNumber = (value: number, locale: string, digits = 0): string => numberFormat(locale, digits).format(value)

/** `0.62` → `62 %`. */
export const formatPercent = (fraction: number, locale: string): string =>
  `${formatNumber(fraction * 100, locale)}${isFrench(locale) ? '\u202f' : space}%`

const units = {
  binary: { step: 1024, en: ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'], fr: ['o', 'Kio', 'Mio', 'Gio', 'Tio', 'Pio'] },
  decimal: { step: 1000, en: ['B', 'kB', 'MB', 'GB', 'TB', 'PB'], fr: ['o', 'ko', 'Mo', 'Go', 'To', 'Po'] },
} as const
export type ByteUnits = keyof typeof units

/** The unit in which so many bytes are told, and how many bytes it has. */
export function byteUnitOf(bytes: number, locale: string, kind: ByteUnits = 'decimal'): { name: string; size: number } {
  const { step, en, fr } = units[kind]
  const names = isFrench(locale) ? fr : en
  let power = 0
  // 999.5 would be shown as 1000 of the smaller unit.
  while (Math.abs(bytes) / step ** power >= step - 0.5 && power < names.length - 1) power++
  return { name: names[power]!, size: step ** power }
}

/** Bytes with three significant digits: binary units for memory, decimal for disk. */
export function formatBytes(bytes: number, locale: string, kind: ByteUnits = 'decimal'): string {
  const { name, size } = byteUnitOf(bytes, locale, kind)
  const value = Math.abs(bytes) / size
  const digits = size === 1 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2
  return `${formatNumber(Math.sign(bytes) * value, locale, digits)}${space}${name}`
}

const ageSteps = [
  { below: 60, seconds: 1, en: 's', fr: 's' },
  { below: 3600, seconds: 60, en: 'min', fr: 'min' },
  { below: 86_400, seconds: 3600, en: 'h', fr: 'h' },
  { below: 86_400 * 365, seconds: 86_400, en: 'd', fr: 'j' },
  { below: Infinity, seconds: 86_400 * 365, en: 'y', fr: 'a' },
] as const

/** An age in two words, `23 min`; what lies ahead of our clock is `0 s`. */
export function formatAge(milliseconds: number, locale: string): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const step = ageSteps.find((candidate) => seconds < candidate.below) ?? ageSteps[4]
  return `${formatNumber(Math.floor(seconds / step.seconds), locale)}${space}${isFrench(locale) ? step.fr : step.en}`
}

/** `2026-11-21 14:06:12 UTC`. */
export const formatUtc = (instant: Date): string => `${instant.toISOString().slice(0, 19).replace('T', ' ')} UTC`

/** The same instant on the reader's own clock: `21/11/2026, 15:06:12`. */
export const formatLocal = (instant: Date, locale: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' }).format(instant)

/** `14:18`, in UTC. */
export const formatClock = (instant: Date): string => instant.toISOString().slice(11, 16)
