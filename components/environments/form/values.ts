import { z } from 'zod'
import { Flag, type Environment } from '#lib/model/environment.ts'
import { stages } from '#lib/model/flag.ts'
import { connectionForms, type EngineWithForm } from '../connections/index.ts'

/** The form of an environment. Messages are keys under `environments.form`. */
export const formSchema = (engine: EngineWithForm, needsReason: boolean) =>
  z.object({
    name: z.string().trim().min(1, 'required').max(60),
    stage: z.enum(stages),
    description: z.string().max(2000),
    protected: z.boolean(),
    flag: z.object({ hue: Flag.shape.hue, pattern: Flag.shape.pattern, code: z.string().regex(/^[A-Z0-9]{2,3}$/, 'codeNotValid') }),
    connection: connectionForms[engine].schema,
    why: needsReason ? z.string().trim().min(1, 'required').max(1000) : z.string(),
  })
export type FormValues = z.infer<ReturnType<typeof formSchema>>

export interface EditedEnvironment {
  environment: Environment
  connection: { settings: Record<string, unknown>; secrets: string[] }
}

/** What the form shows of an environment that is being changed. */
export const valuesOf = (engine: EngineWithForm, { environment, connection }: EditedEnvironment): FormValues => ({
  name: environment.name,
  stage: environment.stage,
  description: environment.description,
  protected: environment.protected,
  flag: environment.flag,
  connection: connectionForms[engine].fromSettings(connection.settings, connection.secrets),
  why: '',
})

/** What is asked of the API for a new environment. */
export function connectRequest(engine: EngineWithForm, { connection, why: _, ...identity }: FormValues) {
  return { engine, ...identity, ...connectionForms[engine].toRequest(connection) }
}

/**
 * What is asked for a change: only what became different, so that a name can be changed while the engine is silent
 * (a new way to it is tried first).
 */
export function updateRequest(engine: EngineWithForm, before: FormValues, after: FormValues) {
  const differs = (field: keyof FormValues) => JSON.stringify(before[field]) !== JSON.stringify(after[field])
  const identity = (['name', 'stage', 'description', 'protected', 'flag'] as const).filter(differs).map((field) => [field, after[field]])
  return {
    ...Object.fromEntries(identity),
    ...(differs('connection') && connectionForms[engine].toRequest(after.connection)),
    ...(after.why.trim() && { why: after.why.trim() }),
  } as Record<string, unknown>
}
