const firstMs = 500
/** What is shown is to be true again within 10 s of the end of an outage. */
const longestMs = 5_000

/** How long to wait after so many failures: doubling, and spread so that a thousand tabs do not come back at once. */
export const delayOf = (failures: number, random: () => number): number => {
  const full = Math.min(longestMs, firstMs * 2 ** failures)
  return full / 2 + (full / 2) * random()
}
