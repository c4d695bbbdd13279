import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { errorTable } from '../errors/index.ts'
import { languages, messages } from './messages.ts'
import { sentence } from './sentence.ts'

type Tree = { [key: string]: string | Tree }

function flatten(tree: Tree, path: string[] = []): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[[...path, key].join('.'), value] as [string, string]] : flatten(value, [...path, key]),
  )
}

/** The names of the ICU parameters of a message, with their types: `{count, plural, …}` is `count:plural`. */
function parametersOf(message: string): string[] {
  const names = [...message.matchAll(/\{\s*(\w+)\s*(?:,\s*(\w+)|\})/g)].map(([, name, type]) => `${name}:${type ?? 'text'}`)
  const tags = [...message.matchAll(/<(\w+)>/g)].map(([, name]) => `<${name}>`)
  return [...new Set([...names, ...tags])].toSorted()
}

const english = new Map(flatten(messages.en))
const french = new Map(flatten(messages.fr))

describe('the two languages', () => {
  it('have the same keys', () => {
    expect([...french.keys()].toSorted()).toEqual([...english.keys()].toSorted())
  })

  it('have the same parameters in every message', () => {
    const different = [...english].flatMap(([key, message]) => {
      const [here, there] = [parametersOf(message), parametersOf(french.get(key) ?? '')]
      return here.join() === there.join() ? [] : [{ key, en: here, fr: there }]
    })
    expect(different).toEqual([])
  })

  it('leave no message empty, and French no English one of more than two words', () => {
    const empty = [...english, ...french].filter(([, message]) => message.trim() === '').map(([key]) => key)
    const same = [...english].filter(([key, message]) => message.split(' ').length > 2 && french.get(key) === message).map(([key]) => key)
    expect({ empty, same }).toEqual({ empty: [], same: [] })
  })

  it('write French with a no-break space before ; : ? ! and %', () => {
    // `{name}:` inside a plural has its colon from ICU; a colon after a letter and before a space is punctuation.
    const wrong = [...french]
      .filter(([, message]) => /[^\s\u202f\u00a0](?:[;?!]|:(?=\s|$))/u.test(message.replaceAll(/\{[^{}]*\}/g, 'x')))
      .map(([key]) => key)
    expect(wrong).toEqual([])
  })

  it('are both read from every file of their folder', () => {
    const areas = readdirSync(new URL('./en', import.meta.url)).toSorted()
    expect(readdirSync(new URL('./fr', import.meta.url)).toSorted()).toEqual(areas)
  })
})

it.each(languages)('every error code has words in %s', (language) => {
  const words = new Map(flatten(messages[language]))
  expect(Object.keys(errorTable).filter((code) => !words.has(`errors.${code}`))).toEqual([])
})

it('shows a code without words as it is', () => {
  expect(sentence({ code: 'nobody-wrote-this' }, 'fr')).toBe('nobody-wrote-this')
})
