import { z } from 'zod'
import { roles } from './role.ts'
import { sections } from './section.ts'

export const categories = [
  'workload',
  'instance',
  'node',
  'image',
  'volume',
  'network',
  'config',
  'secret',
  /** Who may do what. */
  'access',
  /** What the engine itself is made of and ruled by. */
  'cluster',
  'event',
] as const
export const Category = z.enum(categories)
export type Category = z.infer<typeof Category>

/** How a column's value is drawn, filtered and compared. */
export const columnTypes = [
  'health',
  'name',
  'text',
  'mono',
  'number',
  'bytes',
  'instant',
  'list',
  'ports',
  'images',
  'link',
  'boolean',
  'kind',
  'environment',
  /** How bad an event is: one of `severities`. */
  'severity',
  /** What an event says, by the engine's own word for it. */
  'event',
] as const

export const Column = z.object({
  /** A field of a query: `name`, `health`, `createdAt`, … or the name of a fact. Its title is `columns.<name>` in lib/i18n. */
  name: z.string(),
  type: z.enum(columnTypes),
  sortable: z.boolean(),
  /** Listed at the left with counts. */
  facet: z.boolean(),
  /** Not shown until a person chooses it. */
  hidden: z.boolean(),
})
export type Column = z.infer<typeof Column>

export const actionWeights = ['undoable', 'recoverable', 'irreversible'] as const

export const ActionDescription = z.object({
  /** `actions.<name>` in lib/i18n. */
  name: z.string(),
  role: z.enum(roles),
  /** How much it asks of a person before it runs; see "Actions that hurt". */
  weight: z.enum(actionWeights),
  /** JSON Schema of the input; null when it takes none. Titles are `inputs.<action>.<property>` in lib/i18n. */
  input: z.record(z.string(), z.unknown()).nullable(),
})
export type ActionDescription = z.infer<typeof ActionDescription>

/** A kind as the browser gets it: `GET /api/kinds`. */
export const KindDescription = z.object({
  /** `docker/containers`. */
  name: z.string(),
  engine: z.string(),
  category: Category,
  /** Its title is `shell.sections.<section>` in lib/i18n; null: it stands alone. */
  section: z.enum(sections).nullable(),
  /** Its names in words are `kinds.<name>` in lib/i18n where a person wrote them, else these. */
  singular: z.string(),
  plural: z.string(),
  namespaced: z.boolean(),
  /** One Lucide icon name of the list in the design. */
  icon: z.string(),
  columns: z.array(Column),
  actions: z.array(ActionDescription),
  tabs: z.array(z.string()),
  /** Which streams it offers; `stderr`: its logs tell what was written there apart. */
  streams: z.array(z.enum(['logs', 'stderr', 'metrics', 'terminal'])),
  /** Facts shown in the strip of key facts on the detail page, in order. */
  keyFacts: z.array(z.string()),
})
export type KindDescription = z.infer<typeof KindDescription>
