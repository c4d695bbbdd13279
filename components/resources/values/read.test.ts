import { describe, expect, it } from 'vitest'
import type { Row } from '#lib/model/resource.ts'
import { entriesOf, sentencesOf } from '../detail/parts.ts'
import { doesNotApply, hostOf, hrefOfPort, portsOf, referenceOf, textOfPort } from './read.ts'

const port = { hostIp: '0.0.0.0', hostPort: 8080, port: 80, protocol: 'tcp' }

describe('published ports', () => {
  it.each([
    ['unix:///var/run/docker.sock', 'localhost'],
    ['tcp://10.0.0.7:2376', '10.0.0.7'],
    ['tcp://[fd00::1]:2376', '[fd00::1]'],
    ['ssh://root@build-01:22', 'build-01'],
  ])('of %s are at %s', (address, host) => expect(hostOf(address)).toBe(host))
  it('become links where a browser can go', () => {
    expect(hrefOfPort(port, 'unix:///x')).toBe('http://localhost:8080')
    expect(hrefOfPort({ ...port, hostIp: '127.0.0.1', port: 443 }, 'tcp://far:1')).toBe('https://127.0.0.1:8080')
    expect(hrefOfPort({ ...port, hostIp: 'fd00::2' }, 'tcp://far:1')).toBe('http://[fd00::2]:8080')
    expect(hrefOfPort({ ...port, protocol: 'udp' }, 'unix:///x')).toBeNull()
    expect(hrefOfPort({ ...port, hostPort: null }, 'unix:///x')).toBeNull()
  })
  it('are read from facts and leave out what is none', () => {
    expect(portsOf([{ ...port }, { nonsense: 1 }])).toEqual([port])
    expect(portsOf(null)).toEqual([])
    expect([port, { ...port, hostPort: null }].map(textOfPort)).toEqual(['8080 → 80/tcp', '80/tcp'])
  })
})

it('leads to the thing that an event tells of', () => {
  const event = { environment: '1', kind: 'any/events', key: '7', facts: { of: 'any/things', subject: 'web' } } as unknown as Row
  expect(referenceOf(event)).toEqual({ environment: '1', kind: 'any/things', key: 'web' })
  expect(referenceOf({ ...event, facts: {} })).toEqual({ environment: '1', kind: 'any/events', key: '7' })
})

it('tells what does not apply from what nobody told', () => {
  const row = { createdAt: null, images: [], facts: { exitCode: null, restarts: 0, privileged: false, volumes: [] } } as unknown as Row
  const names = ['createdAt', 'images', 'exitCode', 'volumes', 'restarts', 'privileged', 'memory']
  expect(names.filter((name) => doesNotApply(row, name))).toEqual(['createdAt', 'images', 'exitCode', 'volumes'])
})

it('reads sentences and keys of a row, and passes by what is none', () => {
  const facts = {
    sentences: [{ code: 'policy-way', way: 'in', left: null }, 'x', { way: 'out' }],
    entries: [{ key: 'a', bytes: 3 }, { key: 7 }],
  } as unknown as Row['facts']
  expect(sentencesOf({ facts })).toEqual([{ code: 'policy-way', params: { way: 'in' } }])
  expect(entriesOf({ facts })).toEqual([{ key: 'a', bytes: 3 }])
  expect([...sentencesOf({ facts: {} }), ...entriesOf({ facts: { entries: 'x' } })]).toEqual([])
})
