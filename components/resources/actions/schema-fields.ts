/** One field of a form, read from the JSON Schema of an action's input. */
export interface InputField {
  name: string
  type: 'number' | 'boolean' | 'text' | 'choice'
  required: boolean
  initial: string | number | boolean
  options: string[]
  min?: number
  max?: number
  step?: number | 'any'
  minLength?: number
  maxLength?: number
  pattern?: string
}

interface Property {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  default?: unknown
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  minLength?: number
  maxLength?: number
  pattern?: string
  anyOf?: Property[]
}

/** Fields in the order of the schema. What is not a number, boolean, choice or text is left to the schema's default. */
export function fieldsOf(schema: Record<string, unknown> | null): InputField[] {
  const properties = (schema?.properties ?? {}) as Record<string, Property>
  const required = new Set((schema?.required ?? []) as string[])
  return Object.entries(properties).flatMap(([name, property]) => {
    const field = fieldOf(name, solid(property))
    return field ? [{ ...field, required: required.has(name) && property.default === undefined && field.type !== 'boolean' }] : []
  })
}

/** Of "this or null" the part that is not null. */
const solid = (property: Property): Property =>
  property.anyOf ? { ...property, ...property.anyOf.find((p) => p.type !== 'null') } : property

function fieldOf(name: string, property: Property): InputField | null {
  const type = Array.isArray(property.type) ? property.type.find((t) => t !== 'null') : property.type
  const base = { name, required: false, options: [] }
  if (property.enum)
    return { ...base, type: 'choice', options: property.enum.map(String), initial: String(property.default ?? property.enum[0]) }
  if (type === 'boolean') return { ...base, type: 'boolean', initial: property.default === true }
  if (type === 'number' || type === 'integer')
    return {
      ...base,
      type: 'number',
      initial: typeof property.default === 'number' ? property.default : '',
      min: property.minimum ?? property.exclusiveMinimum,
      // zod writes the bounds of a safe integer, which say nothing to a person.
      max: property.maximum === Number.MAX_SAFE_INTEGER ? undefined : property.maximum,
      step: type === 'integer' ? 1 : 'any',
    }
  if (type === 'string')
    return {
      ...base,
      type: 'text',
      initial: typeof property.default === 'string' ? property.default : '',
      minLength: property.minLength,
      maxLength: property.maxLength,
      pattern: property.pattern,
    }
  return null
}

export const initialValues = (fields: readonly InputField[]): Record<string, string | number | boolean> =>
  Object.fromEntries(fields.map((f) => [f.name, f.initial]))

/** What is sent: numbers as numbers, and nothing for a field left empty, so that the schema's default holds. */
export function inputOf(fields: readonly InputField[], values: Record<string, unknown>): Record<string, unknown> | null {
  if (!fields.length) return null
  const entries = fields.flatMap((field): [string, unknown][] => {
    const value = values[field.name]
    if (value === '' || value === undefined || value === null) return []
    return [[field.name, field.type === 'number' ? Number(value) : value]]
  })
  return Object.fromEntries(entries)
}
