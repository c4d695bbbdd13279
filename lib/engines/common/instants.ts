/** Docker's word for "never": Go's zero time. */
const never = /^0001-01-01/

/** An instant of Docker's (RFC 3339 with nanoseconds, or seconds since 1970) as ISO 8601 in milliseconds, UTC; null when it says none. */
export function instantOf(value: string | number): string | null {
  if (value === '' || value === 0 || (typeof value === 'string' && never.test(value))) return null
  const at = typeof value === 'number' ? value * 1000 : Date.parse(value)
  return Number.isFinite(at) && Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : null
}
