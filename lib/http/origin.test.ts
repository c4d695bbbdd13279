import { describe, expect, it } from 'vitest'
import { checkHost, checkOrigin } from './origin.ts'

const url = 'https://portolan.example.org'
const refusal = expect.objectContaining({ code: 'forbidden', message: expect.stringContaining('PORTOLAN_URL') })

describe('Host', () => {
  it.each(['portolan.example.org', 'portolan.example.org:443', 'PORTOLAN.example.org'])('takes %s', (host) => {
    expect(() => checkHost(new Headers({ host }), url)).not.toThrow()
  })

  it.each(['evil.example', 'portolan.example.org.evil.example', 'portolan.example.org:8443', '', 'x y', 'localhost'])(
    'refuses %j',
    (host) => {
      expect(() => checkHost(new Headers({ host }), url)).toThrow(refusal)
    },
  )

  it('takes every name of loopback for loopback, on its port alone', () => {
    const local = 'http://localhost:3000'
    for (const host of ['localhost:3000', '127.0.0.1:3000', '[::1]:3000'])
      expect(() => checkHost(new Headers({ host }), local)).not.toThrow()
    for (const host of ['localhost:3001', '127.0.0.1.evil.example:3000', '10.0.0.1:3000'])
      expect(() => checkHost(new Headers({ host }), local)).toThrow(refusal)
  })
})

describe('Origin', () => {
  const host = 'portolan.example.org'

  it('takes our own', () => {
    expect(() => checkOrigin(new Headers({ host, origin: url, 'sec-fetch-site': 'same-origin' }), url)).not.toThrow()
    expect(() => checkOrigin(new Headers({ host, origin: url }), url)).not.toThrow()
  })

  it.each([
    ['none', {}],
    ['another', { origin: 'https://evil.example' }],
    ['an opaque one', { origin: 'null' }],
    ['ours without TLS', { origin: 'http://portolan.example.org' }],
    ['a sibling that says same-site', { origin: url, 'sec-fetch-site': 'same-site' }],
    ['ours across sites', { origin: url, 'sec-fetch-site': 'cross-site' }],
  ] as [string, Record<string, string>][])('refuses %s', (_, headers) => {
    expect(() => checkOrigin(new Headers({ host, ...headers }), url)).toThrow(refusal)
  })

  it('needs none from who shows an API token, and refuses another one then too', () => {
    const authorization = 'Bearer ptl_0123456789abcdef_secret'
    expect(() => checkOrigin(new Headers({ host, authorization }), url)).not.toThrow()
    expect(() => checkOrigin(new Headers({ host, authorization, origin: url }), url)).not.toThrow()
    for (const origin of ['https://evil.example', 'null'])
      expect(() => checkOrigin(new Headers({ host, authorization, origin }), url)).toThrow(refusal)
    expect(() => checkOrigin(new Headers({ host: 'evil.example', authorization }), url)).toThrow(refusal)
    expect(() => checkOrigin(new Headers({ host, authorization: 'Bearer of-a-proxy' }), url)).toThrow(refusal)
    expect(() => checkOrigin(new Headers({ host, authorization: 'Basic cHRsXw==' }), url)).toThrow(refusal)
  })

  it('refuses our Origin at another Host', () => {
    expect(() => checkOrigin(new Headers({ host: 'evil.example', origin: url }), url)).toThrow(refusal)
  })
})
