import { expect, test } from 'vitest'
import { holdStream, mostStreams } from './held-streams.ts'

async function* endless() {
  for (let n = 0; ; n++) yield n
}
async function* failing(): AsyncGenerator<number> {
  yield 1
  throw new Error('the engine broke')
}

async function follow(userId: string, environment: string, open: () => AsyncIterable<number> = endless) {
  const stream = holdStream({ userId, environment }, open)
  await stream.next()
  return stream
}
const many = (count: number, open: (n: number) => ReturnType<typeof follow>) =>
  Promise.all(Array.from({ length: count }, (_, n) => open(n)))
const closeAll = (streams: AsyncGenerator[]) => Promise.all(streams.map((stream) => stream.return(undefined)))

test('a person has so many, over all environments, and hears how many are open; one that is closed makes room', async () => {
  const own = await many(mostStreams.perPerson, (n) => follow('ada', String(n % 2)))
  const refused = { code: 'rate_limited', reason: { code: 'too_many_streams', params: { open: mostStreams.perPerson } } }
  await expect(follow('ada', '3')).rejects.toMatchObject(refused)
  await expect(follow('ada', '3')).rejects.toThrow(`You have ${mostStreams.perPerson} logs open`)
  await closeAll([await follow('bob', '0')])
  await own.pop()!.return(undefined)
  own.push(await follow('ada', '3'))
  await closeAll(own)
})

test('an environment has so many, over all people', async () => {
  const there = await many(mostStreams.perEnvironment, (n) => follow(`person ${n % 10}`, '7'))
  await expect(follow('eve', '7')).rejects.toMatchObject({ code: 'rate_limited', reason: { code: 'too_many_streams_there' } })
  await closeAll([await follow('eve', '8'), ...there])
  await closeAll([await follow('eve', '7')])
})

test('what ends or fails by itself is counted no more, and what nobody began never is', async () => {
  for (let n = 0; n <= mostStreams.perPerson; n++) {
    holdStream({ userId: 'ada', environment: '1' }, endless)
    const stream = await follow('ada', '1', failing)
    await expect(stream.next()).rejects.toThrow('the engine broke')
  }
})
