const units: Record<string, number> = { k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 }
const binaryUnits: Record<string, number> = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60 }
/** Divided by, not multiplied: 100m is 0.1 exactly as 0.1 is written. */
const fractions: Record<string, number> = { m: 1e3, u: 1e6, n: 1e9 }

const form = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d{1,4}))?$/

/**
 * A quantity as a number: cores of CPU, bytes of memory: `100m`, `64Mi`, `1e3`, `1.5Gi`. Null for what is none.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function numberOf(quantity: unknown): number | null {
  if (typeof quantity !== 'string' && typeof quantity !== 'number') return null
  const [, digits, unit = '', exponent = '0'] = form.exec(String(quantity)) ?? []
  if (digits === undefined) return null
  const value = (Number(`${digits}e${exponent}`) * (units[unit] ?? binaryUnits[unit] ?? 1)) / (fractions[unit] ?? 1)
  return Number.isFinite(value) ? value : null
}

/** Sums of fractions without the trembling of binary ones: 0.3, not 0.30000000000000004. */
export const sumOf = (numbers: readonly number[]): number => Math.round(numbers.reduce((sum, one) => sum + one, 0) * 1e9) / 1e9
