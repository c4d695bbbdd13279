import { describe, expect, it } from 'vitest'
import { createLogger } from './log.ts'

function written(write: (log: ReturnType<typeof createLogger>) => void): string {
  let text = ''
  write(createLogger('test', 'info', { write: (line) => (text += line) }))
  return text
}

describe('the log', () => {
  it('is one JSON object a line', () => {
    const line = written((log) => log.info({ requestId: 'r1' }, 'request'))
    expect(JSON.parse(line)).toMatchObject({ level: 'info', program: 'test', requestId: 'r1', message: 'request' })
  })

  it.each(['authorization', 'cookie', 'set-cookie', 'password', 'token', 'secrets'])('never writes %s, wherever it stands', (field) => {
    const secret = 'canary-3f81'
    const text = written((log) =>
      log.info({ [field]: secret, headers: { [field]: secret }, request: { headers: { [field]: secret } } }, 'x'),
    )
    expect(text).not.toContain(secret)
  })
})
