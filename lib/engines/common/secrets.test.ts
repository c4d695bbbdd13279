import { describe, expect, it } from 'vitest'
import { hideInWords, hideSecrets, withoutNoise } from './secrets.ts'

const fingerprint = (value: string) => `${value.length}`
const words = (text: string) => hideInWords(text, fingerprint)

describe('secrets are hidden', () => {
  it.each([
    ['mysql --password=hunter2 -h db', 'mysql --password=•7 -h db'],
    ['tool --api-token s3cr3tvalue run', 'tool --api-token •11 run'],
    ['postgres://app:hunter2@db:5432/shop', 'postgres://app:•7@db:5432/shop'],
    ['curl -H "Authorization: Bearer abcdefghijklmnop"', 'curl -H "Authorization: Bearer •16"'],
    ['{"client_secret": "abc", "user": "me"}', '{"client_secret": •5, "user": "me"}'],
    ['export AWS_SECRET_ACCESS_KEY=abc/def', 'export AWS_SECRET_ACCESS_KEY=•7'],
    ['redis-server --requirepass hunter2', 'redis-server --requirepass •7'],
    ['export DB_PASS=hunter2; run', 'export DB_PASS=•7; run'],
    ['curl -fsS -u admin:hunter2 http://x', 'curl -fsS -u admin:•7 http://x'],
    ['AccountName=a;AccountKey=abcd==;', 'AccountName=a;AccountKey=•6;'],
    ['use ghp_0123456789abcdefghijABCD now', 'use •28 now'],
    ['run --env=DB_PASSWORD=hunter2 x', 'run --env=DB_PASSWORD=•7 x'],
    ['a=b=token: abc', 'a=b=token: •3'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', '•66'],
  ])('in words: %s', (text, hidden) => expect(words(text)).toBe(hidden))

  it.each([
    'quay.io/oauth2-proxy/oauth2-proxy:v7.6',
    'vault-token:1.2',
    'org.example.authors=Ann',
    'a basic container image',
    'sleep 1000',
    'docker run --user 1000:1000 compass=1 bypass=2',
    'tokenizer ready',
  ])('and nothing else: %s', (text) => expect(words(text)).toBe(text))

  it('in environments, arguments, labels and options', () => {
    const hidden = hideSecrets(
      {
        Config: {
          Env: ['A=1', 'PASSED_ON'],
          Cmd: ['serve', '--token', 'abc', '--port', '80'],
          Labels: { 'my.api-key': 'abc', project: 'shop', 'traefik.http.middlewares.x.basicauth.users': 'me:$apr1$x' },
        },
        Options: { o: 'username=me,password=abc', type: 'cifs' },
      },
      fingerprint,
    )
    expect(hidden).toEqual({
      Config: {
        Env: ['A=•1', 'PASSED_ON'],
        Cmd: ['serve', '--token', '•3', '--port', '80'],
        Labels: { 'my.api-key': '•3', project: 'shop', 'traefik.http.middlewares.x.basicauth.users': '•10' },
      },
      Options: { o: 'username=me,password=•3', type: 'cifs' },
    })
    expect(hideSecrets(hidden, fingerprint)).toMatchObject({ Options: { o: 'username=me,password=•3' } })
  })

  it('in an argument that holds a name and a password, and in no pair of numbers', () => {
    expect(hideSecrets(['CMD', 'curl', '-u', 'me:hunter2'], fingerprint)).toEqual(['CMD', 'curl', '-u', 'me:•7'])
    expect(hideSecrets(['run', '--user', '1000:1000'], fingerprint)).toEqual(['run', '--user', '1000:1000'])
  })

  it('without stumbling over hostile text', () => {
    const pieces = ['a', 'a.', 'token', 'token ', 'secret-', '--', 'api_key_', 'eyJ-', 'x://', 'x://a', '-----BEGIN PRIVATE KEY-----']
    const more = [
      '-----BEGIN A',
      'basic ',
      '-',
      '- ',
      'authorization: ',
      'authorization',
      '-u a:',
      '"',
      "a='",
      'a:',
      'a= ',
      ' ',
      'a ',
      '\n',
    ]
    const cpuMs = (text: string) => {
      const before = process.cpuUsage()
      words(text)
      const { user, system } = process.cpuUsage(before)
      return (user + system) / 1_000
    }
    for (const piece of [...pieces, ...more]) {
      const text = (length: number) => piece.repeat(length / piece.length)
      words(text(2_048))
      // Four times as much takes four times as long and not sixteen times.
      const [some, all] = [cpuMs(text(64_000)), cpuMs(text(256_000))]
      expect(all, `${JSON.stringify(piece)} took ${some} ms, then ${all} ms`).toBeLessThan(30 + 9 * some)
    }
  })
})

it('noise is left out, a false and a zero are not', () => {
  expect(withoutNoise({ a: null, b: '', c: [], d: { e: null }, f: false, g: 0, h: [null, { i: '' }] })).toEqual({
    f: false,
    g: 0,
    h: [null, {}],
  })
})
