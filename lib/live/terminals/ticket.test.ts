import { expect, it, vi } from 'vitest'
import { readTicket, writeTicket } from './ticket.ts'

vi.stubEnv('PORTOLAN_SECRET_KEYS', `${'5a'.repeat(32)},${'6b'.repeat(32)}`)
const said = { terminal: 't', holder: 'h', who: { userId: 'u', name: 'Ada', types: false } }

it('holds for a minute', () => {
  const ticket = writeTicket(said, 1_000)
  expect(readTicket(ticket, 60_000)).toMatchObject(said)
  expect(readTicket(ticket, 61_000)).toBeNull()
})

it('holds for nothing that was not signed here', () => {
  const [body, signature] = writeTicket(said, 0).split('.')
  const other = Buffer.from(JSON.stringify({ ...said, who: { ...said.who, types: true }, until: 60_000 })).toString('base64url')
  for (const forged of [`${other}.${signature}`, `${body}.`, `${body}`, '', '.', 'x.y', `${body}.${'A'.repeat(43)}`])
    expect(readTicket(forged, 1)).toBeNull()
})
