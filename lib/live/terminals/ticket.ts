import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { deriveKey } from '../../access/index.ts'
import { settings } from '../../settings.ts'

/** What one web process tells another of somebody whom it has let in. */
const Ticket = z.object({
  terminal: z.string(),
  /** The process that it is meant for: one that began later at the same address does not take it. */
  holder: z.string(),
  who: z.object({ userId: z.string(), name: z.string(), types: z.boolean() }),
  /** In ms since 1970. */
  until: z.number(),
})
export type Ticket = z.infer<typeof Ticket>

/** Hosts' clocks differ; a ticket is used at once. */
const validMs = 60_000

const sign = (body: string, key: Buffer): Buffer => createHmac('sha256', key).update(body).digest()
const purpose = 'terminal-ticket'

/** A ticket for one minute, signed with a key that serves nothing else. */
export function writeTicket(ticket: Omit<Ticket, 'until'>, now: number): string {
  const body = Buffer.from(JSON.stringify({ ...ticket, until: now + validMs })).toString('base64url')
  return `${body}.${sign(body, deriveKey(purpose)).toString('base64url')}`
}

/** What a ticket says; null when it is none of ours, was changed, or is too old. While keys rotate, each of them holds. */
export function readTicket(text: string, now: number): Ticket | null {
  const [body = '', signature = ''] = text.split('.')
  const given = Buffer.from(signature, 'base64url')
  const isOurs = settings().secretKeys.some((key) => {
    const right = sign(body, deriveKey(purpose, [key]))
    return given.length === right.length && timingSafeEqual(given, right)
  })
  if (!isOurs) return null
  const ticket = Ticket.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8'))).data
  return ticket && ticket.until > now && ticket.until <= now + 2 * validMs ? ticket : null
}
