const firstMs = 500
const longestMs = 15_000

/** How long to wait after so many failures: doubling, and spread so that a thousand tabs do not come back at once. */
export const delayOf = (failures: number, random: () => number): number => {
  const full = Math.min(longestMs, firstMs * 2 ** failures)
  return full / 2 + (full / 2) * random()
}
