// The first thing that a start asks: do the settings hold together? Answers one line of JSON.
import { settings } from '../lib/settings.ts'

const isLoopback = (hostname: string) => hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')

function warnings(): string[] {
  const { protocol, hostname } = new URL(settings().url)
  if (protocol === 'https:' || isLoopback(hostname)) return []
  return [
    `People reach Portolan by plain http (${settings().url}): passwords and everything else can be read on the way. Put TLS before it.`,
  ]
}

try {
  console.log(JSON.stringify({ url: settings().url, warnings: warnings() }))
} catch (error) {
  console.log(JSON.stringify({ problem: (error as Error).message }))
  process.exit(1)
}
