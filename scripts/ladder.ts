// The import ladder: who may import whom. docs/architecture.md says why; oxlint.config.ts hands it to the linter.
import { readdirSync } from 'node:fs'

/** One step is one row; a room imports from its own row's earlier ones, never from a later one. */
const rooms = [
  ['errors', 'model', 'i18n', 'once'],
  ['settings', 'log', 'supervised'],
  ['database'],
  ['access'],
  ['engines'],
  ['inventory'],
  ['metrics', 'terminals'],
  ['sync', 'operations'],
  ['live', 'http'],
]
const shared = rooms[0] ?? []
const tests = ['**/*.test.ts', '**/*.test.tsx']

interface Pattern {
  regex: string
  message: string
}
interface Restriction {
  files: string[]
  excludeFiles?: string[]
  rules: { 'no-restricted-imports': ['error', { patterns: Pattern[] }] }
}

const names = (list: string[]) => `(?:${list.join('|')})`
/** Matches `#lib/x/…`, `../x/…`, `../../lib/x/…`, and from a file of lib itself `./x/…`, for the rooms given. */
const into = (list: string[], message: string, fromLibItself = false): Pattern => ({
  regex: `^(?:#lib/|${fromLibItself ? '\\./|' : ''}(?:\\.\\./)+(?:lib/)?)${names(list)}(?:/|\\.ts$)`,
  message,
})
const above: Pattern = {
  regex: '^(?:#(?:app|components|root)/|(?:\\.\\./)+(?:app|components|scripts)/)',
  message: 'lib does not import what is above it.',
}
const react: Pattern = {
  regex: '^(?:react|react-dom|next)(?:/|$)',
  message: 'lib knows neither React nor Next, except in client, i18n and http.',
}
const generated: Pattern = { regex: 'database/generated/|^@prisma/', message: 'Prisma stays in database, access and operations.' }
const namedEngine: Pattern = {
  regex: 'lib/engines/[^/]+/|(?:\\.\\./)+engines/[^/]+/',
  message: 'Ask lib/engines; only the registry knows an engine by name.',
}

const restrict = (files: string[], patterns: Pattern[]): Restriction => ({
  files,
  excludeFiles: tests,
  rules: { 'no-restricted-imports': ['error', { patterns }] },
})

function room(name: string, step: number): Restriction {
  const later = rooms.slice(step + 1).flat()
  const patterns = [above]
  if (later.length > 0)
    patterns.push(
      into([...later, 'client'], `lib/${name} is below these in the ladder.`, ['once', 'settings', 'log', 'supervised'].includes(name)),
    )
  if (name === 'sync') patterns.push(into(['operations'], 'sync and operations do not know each other.'))
  if (name === 'operations') patterns.push(into(['sync'], 'sync and operations do not know each other.'))
  if (!['i18n', 'http'].includes(name)) patterns.push(react)
  if (!['database', 'access', 'operations'].includes(name)) patterns.push(generated)
  if (name !== 'engines') patterns.push(namedEngine)
  return restrict([`lib/${name}/**`, `lib/${name}.ts`], patterns)
}

/** Engines never import each other. */
function engine(name: string, all: string[]): Restriction {
  const others = all.filter((other) => other !== name)
  const patterns = [above, react, generated, into(rooms.slice(5).flat(), 'An engine is below these in the ladder.')]
  if (others.length > 0) patterns.push({ regex: `(?:^|/)${names(others)}/`, message: 'Engines do not import each other.' })
  return restrict([`lib/engines/${name}/**`], patterns)
}

const serverRooms = rooms.flat().filter((name) => !shared.includes(name))
const meeting = into(serverRooms, 'The browser meets the server only in errors, model and i18n.')
const pages: Pattern = { regex: '^(?:#app/|(?:\\.\\./)+app/)', message: 'Only pages import pages.' }
const components: Pattern = { regex: '^(?:#components/|(?:\\.\\./)+components/)', message: 'lib/client does not import components.' }
const anyOfOurs: Pattern = {
  regex: '^(?:#(?:lib|app|root)/|#components/(?:[^u/]|u[^i/]|ui[^/])|(?:\\.\\./)+[^./])',
  message: 'components/ui imports nothing of ours.',
}
const behindOperations = into(['database', 'inventory', 'metrics', 'sync'], 'Pages and routes go through operations.')

const engineFolder = new URL('../lib/engines/', import.meta.url)
const engines = readdirSync(engineFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .filter((name) => name !== 'common')

/** Overrides for the linter; where two match a file, the later one holds. */
export const ladder: Restriction[] = [
  ...rooms.flatMap((row, step) => row.map((name) => room(name, step))),
  ...engines.map((name) => engine(name, engines)),
  engine('common', engines),
  restrict(['lib/client/**'], [meeting, components, pages]),
  restrict(['components/**'], [meeting, pages]),
  restrict(['components/ui/**'], [anyOfOurs, meeting]),
  restrict(['app/**'], [behindOperations, generated, namedEngine]),
]
