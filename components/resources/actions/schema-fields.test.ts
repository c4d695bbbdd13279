import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fieldsOf, initialValues, inputOf } from './schema-fields.ts'

const schemaOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input' }) as Record<string, unknown>
const schema = schemaOf(
  z.object({
    graceSeconds: z.number().int().min(0).max(300).default(10),
    force: z.boolean().default(false),
    signal: z.enum(['SIGKILL', 'SIGTERM']).default('SIGKILL'),
    name: z
      .string()
      .min(1)
      .max(64)
      .regex(/^[a-z]+$/),
    limit: z.number().nullable().optional(),
  }),
)

describe('a form from a JSON Schema', () => {
  const fields = fieldsOf(schema)
  it('has a field for each property in order', () => {
    expect(fields.map((f) => [f.name, f.type, f.required])).toEqual([
      ['graceSeconds', 'number', false],
      ['force', 'boolean', false],
      ['signal', 'choice', false],
      ['name', 'text', true],
      ['limit', 'number', false],
    ])
    expect(fields[0]).toMatchObject({ min: 0, max: 300, step: 1, initial: 10 })
    expect(fields[3]).toMatchObject({ minLength: 1, maxLength: 64, pattern: '^[a-z]+$' })
  })
  it('begins with the defaults', () =>
    expect(initialValues(fields)).toEqual({ graceSeconds: 10, force: false, signal: 'SIGKILL', name: '', limit: '' }))
  it('sends numbers as numbers and leaves out what was left empty', () =>
    expect(inputOf(fields, { graceSeconds: '30', force: true, signal: 'SIGTERM', name: 'web', limit: '' })).toEqual({
      graceSeconds: 30,
      force: true,
      signal: 'SIGTERM',
      name: 'web',
    }))
  it('of an action without input is empty', () => {
    expect(fieldsOf(null)).toEqual([])
    expect(inputOf([], {})).toBeNull()
  })
})
