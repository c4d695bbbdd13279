import { describe, expect, it } from 'vitest'
import { languages, messages } from '../i18n/messages.ts'
import { KindDescription } from '../model/kind.ts'
import { describeKind, engineOf, engines, kindOf, kindsIn } from './index.ts'
import { kinds as kubernetesKinds } from './kubernetes/kinds/index.ts'

type Tree = { [key: string]: string | Tree }
const kinds = [...new Set([...engines.flatMap((engine) => engine.kinds), ...kubernetesKinds])]
const wordAt = (language: (typeof languages)[number], path: string) =>
  path.split('.').reduce<string | Tree | undefined>((at, key) => (typeof at === 'object' ? at[key] : undefined), messages[language])

describe('the registry', () => {
  it('finds engines and kinds by name, and says which it does not know', () => {
    expect(engineOf('docker').title).toBe('Docker')
    expect(kindOf('docker/images').category).toBe('image')
    expect(kindsIn('instance').map((kind) => kind.name)).toContain('docker/containers')
    expect(() => engineOf('nomad')).toThrow(expect.objectContaining({ code: 'not_found' }))
    expect(() => kindOf('docker/pods')).toThrow(expect.objectContaining({ code: 'not_found' }))
  })

  it('has no name twice', () => {
    const names = kinds.map((kind) => kind.name)
    expect(new Set(names).size).toBe(names.length)
  })
})

describe.each(kinds.map((kind) => [kind.name, kind] as const))('the kind %s', (_, kind) => {
  it('travels as data', () => {
    const described = describeKind(kind)
    expect(KindDescription.parse(JSON.parse(JSON.stringify(described)))).toEqual(described)
  })

  it('shows as key facts only what it has', () => {
    const columns = kind.columns.map((column) => column.name)
    expect(kind.keyFacts.filter((fact) => !columns.includes(fact))).toEqual([])
    expect(kind.keyFacts.length).toBeLessThanOrEqual(7)
  })

  it.each(languages)('has all its words in %s', (language) => {
    const properties = (name: string, input: Record<string, unknown> | null) =>
      Object.keys(input?.['properties'] ?? {}).map((property) => `inputs.${name}.${property}`)
    const needed = [
      `kinds.${kind.name.replace('/', '.')}.one`,
      `kinds.${kind.name.replace('/', '.')}.other`,
      ...kind.columns.map((column) => `columns.${column.name}`),
      ...describeKind(kind).actions.flatMap((action) => [`actions.${action.name}.title`, ...properties(action.name, action.input)]),
    ]
    expect(needed.filter((path) => typeof wordAt(language, path) !== 'string')).toEqual([])
  })

  it.each(languages)('says in %s why an action is off', (language) => {
    const statuses = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead', 'terminating']
    const rows = statuses.flatMap((status) =>
      [true, false].map((flag): Parameters<(typeof kind.actions)[number]['blockedBy']>[0] => ({
        health: 'unknown',
        state: { code: status },
        facts: { status, inUse: flag, predefined: flag, paused: flag, suspended: flag, unschedulable: flag, phase: 'Failed' },
      })),
    )
    const codes = kind.actions.flatMap((action) => rows.flatMap((row) => action.blockedBy(row) ?? []))
    expect(
      codes.filter(
        (code) => typeof wordAt(language, `blocked.${code}`) !== 'string' || typeof wordAt(language, `reasons.${code}`) !== 'string',
      ),
    ).toEqual([])
  })
})
