import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser'
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

/** The parameters of a message with their types, and its tags, wherever in its branches they stand. */
function parametersOf(message: string): string[] {
  const found = new Set<string>()
  const walk = (elements: MessageFormatElement[]): void => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue
      if (element.type === TYPE.tag) {
        found.add(`<${element.value}>`)
        walk(element.children)
      } else {
        found.add(`${element.value}: ${TYPE[element.type]}`)
        if ('options' in element) for (const option of Object.values(element.options)) walk(option.value)
      }
    }
  }
  walk(parse(message))
  return [...found].toSorted()
}

/** The words of a message alone, with a letter in place of each parameter. */
function literalsOf(message: string): string {
  const text = (elements: MessageFormatElement[]): string =>
    elements
      .map((element) => {
        if (element.type === TYPE.literal) return element.value
        if (element.type === TYPE.tag) return text(element.children)
        if ('options' in element)
          return Object.values(element.options)
            .map((option) => text(option.value))
            .join(' ')
        return 'x'
      })
      .join('')
  return text(parse(message))
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
    const wrong = [...french]
      .filter(([, message]) => /[^\s\u202f\u00a0](?:[;?!%]|:(?=\s|$))|[ \n][;?!%]/u.test(literalsOf(message)))
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
