import headless from '@xterm/headless'
import { expect, it } from 'vitest'
import { quieten } from './quiet.ts'

it('never answers, whatever a program asks', async () => {
  const terminal = new headless.Terminal({ allowProposedApi: true })
  quieten(terminal.parser)
  const said: string[] = []
  terminal.onData((data) => said.push(data))
  const finals = Array.from({ length: 63 }, (_, n) => String.fromCharCode(0x40 + n))
  const sequences = ['', '?', '>', '=', '<'].flatMap((prefix) =>
    ['', '$', '!', '"', "'", ' ', '*'].flatMap((intermediate) =>
      finals.flatMap((final) => ['', '5', '6', '18', '21', '1;1'].map((params) => `\u001b[${prefix}${params}${intermediate}${final}`)),
    ),
  )
  const strings = Array.from({ length: 200 }, (_, n) => `\u001b]${n};?\u0007`)
  const others = ['\u0005', '\u001bZ', '\u001bP$qm\u001b\\', '\u001bP$q"p\u001b\\', '\u001bP+q544e\u001b\\', '\u001b[?996n']
  await new Promise<void>((resolve) => terminal.write([...sequences, ...strings, ...others].join(''), resolve))
  expect(said).toEqual([])
})
