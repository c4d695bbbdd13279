import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { languages, messages } from '../i18n/messages.ts'

const sources = readdirSync(new URL('.', import.meta.url), { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
)
const texts = sources.map((file) => readFileSync(new URL(file, import.meta.url), 'utf8'))
const found = (pattern: RegExp): string[][] => texts.flatMap((text) => [...text.matchAll(pattern)].map((match) => match.slice(1)))
/** A state and the reason for it, as a condition gives them. */
const because = found(/\bbecause\([^\n]*?, '[a-z]+', '([a-z-]+)', '([a-z-]+)'\)/g)
const codes = new Set([...found(/\bcode: ['`]([a-z][a-z-]+)['`]/g).flat(), ...because.map(([, code]) => code!)])
const quoted = (text: string) => [...text.matchAll(/'([a-z-]+)'/g)].map((word) => word[1]!)
const states = new Set([
  ...found(/\bstate: \{ code: ([^}]+)\}/g).flatMap(([text]) => quoted(text!)),
  ...because.map(([state]) => state!),
  'event',
])
const longestState = { en: 16, fr: 20 }

it.each(languages)('every state has a short word in %s, no sentence', (language) => {
  expect([...states]).toEqual(expect.arrayContaining(['paused', 'running', 'dangling', 'predefined', 'in-use', 'pending', 'node-lost']))
  const words = messages[language]['reasons'] as Record<string, string>
  const isShort = (word: string | undefined) => word !== undefined && word.length <= longestState[language] && !/[.:;]/.test(word)
  expect([...states].filter((state) => !isShort(words[state]))).toEqual([])
})

it.each(languages)('every reason that an engine gives has its sentence in %s', (language) => {
  expect(codes.size).toBeGreaterThan(60)
  const known = Object.keys(messages[language]['reasons'] as object)
  expect([...codes].filter((one) => !known.includes(one))).toEqual([])
})
