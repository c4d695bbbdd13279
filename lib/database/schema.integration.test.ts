import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { useDatabase } from '../../e2e/engines/database.ts'
import { pool } from './index.ts'

const root = join(import.meta.dirname, '../..')

interface Field {
  name: string
  dbName?: string | null
  kind: 'scalar' | 'object'
  type: string
  isList: boolean
  isRequired: boolean
  nativeType: [string, string[]] | null
  default?: unknown
  relationFromFields?: string[]
}
interface Model {
  name: string
  dbName: string
  fields: Field[]
}
interface Index {
  model: string
  type: 'id' | 'unique' | 'normal'
  fields: { name: string; sortOrder?: 'desc' }[]
}
interface DataModel {
  models: Model[]
  indexes: Index[]
}

/** What Prisma itself understands of the schema. */
function readDataModel(): DataModel {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-schema-'))
  try {
    const schema = readFileSync(join(root, 'prisma/schema.prisma'), 'utf8')
    const provider = `${process.execPath} ${join(import.meta.dirname, 'fixtures/dmmf-generator.mjs')}`
    const output = join(folder, 'dmmf.json')
    writeFileSync(join(folder, 'schema.prisma'), `${schema}\ngenerator dmmf {\n  provider = "${provider}"\n  output = "${output}"\n}\n`)
    const prisma = join(root, 'node_modules/prisma/build/index.js')
    const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' }
    execFileSync(process.execPath, [prisma, 'generate', '--schema', join(folder, 'schema.prisma'), '--generator', 'dmmf'], {
      cwd: root,
      env,
    })
    return JSON.parse(readFileSync(output, 'utf8')) as DataModel
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const types: Record<string, string> = {
  String: 'text',
  Int: 'int4',
  BigInt: 'int8',
  Float: 'float8',
  Boolean: 'bool',
  Json: 'jsonb',
  Bytes: 'bytea',
  DateTime: 'timestamp',
}
const typeOf = ({ type, nativeType, isList }: Field) => `${isList ? '_' : ''}${nativeType?.[0].toLowerCase() ?? types[type]}`

/** How Postgres writes the default down; Prisma makes uuids itself. */
function defaultOf(field: Field, table: string): string | null {
  const value = field.default
  if (value === undefined) return null
  if (typeof value === 'string') return field.type === 'Json' ? `'${value}'::jsonb` : `'${value}'::text`
  if (typeof value !== 'object' || value === null) return String(value)
  const { name } = value as { name: string }
  return (
    { now: 'CURRENT_TIMESTAMP', autoincrement: `nextval('${table}_${field.dbName ?? field.name}_seq'::regclass)`, uuid: null }[name] ?? null
  )
}

useDatabase()
let dataModel: DataModel
beforeAll(() => {
  dataModel = readDataModel()
})

const column = (model: Model, name: string) => {
  const field = model.fields.find((one) => one.name === name)
  return field?.dbName ?? name
}

describe('the Prisma schema and the migrated database', () => {
  it('have the same tables and columns', async () => {
    const expected = dataModel.models.flatMap((model) =>
      model.fields
        .filter(({ kind }) => kind === 'scalar')
        .map((field) => ({
          table: model.dbName,
          column: field.dbName ?? field.name,
          type: typeOf(field),
          nullable: !field.isRequired || field.isList,
          default: defaultOf(field, model.dbName),
        })),
    )
    const { rows } = await pool().query(
      `SELECT table_name AS table, column_name AS column, udt_name AS type, is_nullable = 'YES' AS nullable, column_default AS default
       FROM information_schema.columns WHERE table_schema = 'public' AND table_name = ANY($1)`,
      [dataModel.models.map(({ dbName }) => dbName)],
    )
    const sorted = (list: { table: string; column: string }[]) =>
      [...list].sort((a, b) => `${a.table}.${a.column}`.localeCompare(`${b.table}.${b.column}`))
    expect(sorted(rows)).toEqual(sorted(expected))
  })

  it('have the same keys and indexes, by the names Prisma gives them', async () => {
    const expected = dataModel.indexes.map(({ model: name, type, fields }) => {
      const model = dataModel.models.find((one) => one.name === name)!
      const columns = fields.map((field) => column(model, field.name))
      const ending = { id: 'pkey', unique: [...columns, 'key'].join('_'), normal: [...columns, 'idx'].join('_') }[type]
      return {
        name: `${model.dbName}_${ending}`,
        unique: type !== 'normal',
        columns: fields.map((field, at) => `${columns[at]}${field.sortOrder === 'desc' ? ' desc' : ''}`),
      }
    })
    const { rows } = await pool().query(
      `SELECT i.relname AS name, x.indisunique AS unique,
              array_agg(a.attname || CASE WHEN x.indoption[k.n - 1] & 1 = 1 THEN ' desc' ELSE '' END ORDER BY k.n) AS columns
       FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
       CROSS JOIN LATERAL unnest(x.indkey::int[]) WITH ORDINALITY AS k(attribute, n)
       JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attribute
       WHERE t.relname = ANY($1) AND t.relnamespace = 'public'::regnamespace GROUP BY 1, 2`,
      [dataModel.models.map(({ dbName }) => dbName)],
    )
    const byName = (list: { name: string; columns: string[] | string }[]) => [...list].sort((a, b) => a.name.localeCompare(b.name))
    const read = rows.map((row) => ({
      ...row,
      columns: typeof row.columns === 'string' ? row.columns.slice(1, -1).replaceAll('"', '').split(',') : row.columns,
    }))
    expect(byName(read)).toEqual(byName(expected))
  })

  it('have the same foreign keys', async () => {
    const expected = dataModel.models.flatMap((model) =>
      model.fields
        .filter(({ relationFromFields }) => relationFromFields && relationFromFields.length > 0)
        .map(({ relationFromFields, type }) => ({
          name: `${model.dbName}_${relationFromFields!.map((name) => column(model, name)).join('_')}_fkey`,
          target: dataModel.models.find(({ name }) => name === type)!.dbName,
        })),
    )
    const { rows } = await pool().query<{ name: string; target: string }>(
      `SELECT conname AS name, confrelid::regclass::text AS target FROM pg_constraint
       WHERE contype = 'f' AND conrelid::regclass::text = ANY($1)`,
      [dataModel.models.map(({ dbName }) => dbName)],
    )
    const byName = (list: { name: string; target: string }[]) => [...list].sort((a, b) => a.name.localeCompare(b.name))
    expect(byName(rows)).toEqual(byName(expected))
  })
})
