import { z } from 'zod'
import { AppError } from '../../errors/index.ts'
import type { Observed, Progress, ActionResult } from '../engine.ts'
import type { DockerApi } from './api.ts'
import type { Call } from '../common/http.ts'
import { kinds } from './kinds/index.ts'

export interface ActionRequest {
  kind: string
  key: string
  uid: string
  action: string
  input: unknown
}

type Request = Pick<Call, 'method' | 'path' | 'query'> & { graceSeconds?: number }
type Input = { graceSeconds?: number; signal?: string; name?: string; volumes?: boolean; force?: boolean }

/** How long an engine may take for what it does itself, beyond any grace that a container is given. */
const actionTimeoutMs = 60_000

const post = (path: string, query: Call['query'] = {}, graceSeconds = 0): Request => ({ method: 'POST', path, query, graceSeconds })
const remove = (path: string, query: Call['query'] = {}): Request => ({ method: 'DELETE', path, query })

/** Each action as Docker's API has it. Containers are named by id, so that another life under the same name is never hit. */
const requests: Record<string, Record<string, (id: string, input: Input) => Request>> = {
  'docker/containers': {
    start: (id) => post(`/containers/${id}/start`),
    stop: (id, { graceSeconds }) => post(`/containers/${id}/stop`, { t: graceSeconds }, graceSeconds),
    restart: (id, { graceSeconds }) => post(`/containers/${id}/restart`, { t: graceSeconds }, graceSeconds),
    kill: (id, { signal }) => post(`/containers/${id}/kill`, { signal }),
    pause: (id) => post(`/containers/${id}/pause`),
    unpause: (id) => post(`/containers/${id}/unpause`),
    rename: (id, { name }) => post(`/containers/${id}/rename`, { name }),
    remove: (id, { volumes, force }) => remove(`/containers/${id}`, { v: volumes, force }),
  },
  'docker/images': { remove: (id, { force }) => remove(`/images/${id}`, { force, noprune: true }) },
  'docker/volumes': { remove: (name, { force }) => remove(`/volumes/${name}`, { force }) },
  'docker/networks': { remove: (id) => remove(`/networks/${id}`) },
}

/**
 * Does one action on the live object. Throws `conflict` when it is another one than was meant, `blocked` when its state
 * forbids it, `invalid_input`, and what the engine answers.
 */
export async function act(
  api: DockerApi,
  request: ActionRequest,
  live: Observed,
  progress: Progress,
  signal: AbortSignal,
): Promise<ActionResult> {
  const action = kinds.find((kind) => kind.name === request.kind)?.actions.find(({ name }) => name === request.action)
  const build = requests[request.kind]?.[request.action]
  if (!action || !build)
    throw new AppError('unsupported', `${request.kind} has no action ${request.action}.`, {
      reason: { code: 'no-such-action', params: { action: request.action } },
    })
  const { summary } = live
  if (summary.uid !== request.uid)
    throw new AppError('conflict', `${summary.name} was made anew in the meantime; look at it again before acting.`, {
      reason: { code: 'another-life', params: { name: summary.name } },
    })
  const blocked = action.blockedBy(summary)
  if (blocked) throw new AppError('blocked', `${request.action} is not possible now: ${blocked}.`, { reason: { code: blocked } })
  const id = request.kind === 'docker/volumes' ? summary.key : summary.uid
  const { graceSeconds = 0, ...call } = build(encodeURIComponent(id), inputOf(action.input, request.input))
  progress({ fraction: null })
  const answer = await api.json({ ...call, signal, timeoutMs: actionTimeoutMs + graceSeconds * 1000 })
  return { output: outputOf(answer) }
}

function inputOf(schema: z.ZodType | null, input: unknown): Input {
  if (!schema) return {}
  const parsed = schema.safeParse(input ?? {})
  if (parsed.success) return parsed.data as Input
  throw new AppError('invalid_input', z.prettifyError(parsed.error), { details: z.flattenError(parsed.error) })
}

const Removed = z.array(z.object({ Untagged: z.string().optional(), Deleted: z.string().optional() }))

/** Removing an image answers what became of its tags and layers. */
function outputOf(answer: unknown): string | undefined {
  const removed = Removed.safeParse(answer)
  if (!removed.success) return undefined
  return removed.data.map((part) => (part.Untagged ? `Untagged: ${part.Untagged}` : `Deleted: ${part.Deleted}`)).join('\n')
}
