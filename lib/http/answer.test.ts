import { expect, it } from 'vitest'
import { download } from '../operations/download.ts'
import { answerDownload, answerJson, withoutBody } from './answer.ts'

/** A download without an end, that says when it was left. */
function endless() {
  const left = { yes: false }
  async function* chunks() {
    try {
      for (;;) yield 'a line\n'
    } finally {
      left.yes = true
    }
  }
  return { left, answer: () => answerDownload(download('text/plain', 'web.log', chunks()), 'r') }
}

it('a download that nobody reads to its end lets go of what it reads from', async () => {
  const { left, answer } = endless()
  const response = await answer()
  const reader = response.body!.getReader()
  await reader.read()
  expect(left.yes).toBe(false)
  await reader.cancel()
  expect(left.yes).toBe(true)
})

it('HEAD has the headers of GET, no body, and holds nothing', async () => {
  const { left, answer } = endless()
  const headers = [...(await answer()).headers]
  const response = await withoutBody(await answer())
  expect([response.status, response.body, [...response.headers]]).toEqual([200, null, headers])
  expect(left.yes).toBe(true)
})

it('no answer of ours is kept by a cache, embedded by another site, or run by a browser', () => {
  expect(Object.fromEntries(answerJson({}, 200, 'r').headers)).toMatchObject({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
  })
})
