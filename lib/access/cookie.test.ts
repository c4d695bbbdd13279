import { afterEach, expect, test } from 'vitest'
import { once } from '../once.ts'
import { readSettings } from '../settings.ts'
import { cookieName, isSecure } from './cookie.ts'

const forget = () => (globalThis as { [key: symbol]: Map<string, unknown> | undefined })[Symbol.for('portolan.once')]?.delete('settings')

const reachedAt = (url: string) => {
  forget()
  once('settings', () => readSettings({ PORTOLAN_URL: url }))
}

afterEach(forget)

test('behind TLS a cookie is bound to this very host', () => {
  reachedAt('https://portolan.example.org')
  expect([isSecure(), cookieName('session')]).toEqual([true, '__Host-portolan.session'])
})

test('without TLS a browser would refuse that name, so the cookie has a plain one', () => {
  reachedAt('http://localhost:3000')
  expect([isSecure(), cookieName('session')]).toEqual([false, 'portolan.session'])
})
