import { z } from 'zod'
import { AppError, isAppError } from '../../errors/index.ts'
import type { ActionResult, Progress } from '../engine.ts'
import type { KubernetesApi } from './api.ts'
import { describe, isStored } from './describe.ts'
import { apiVersionOf, pathOf, type Served } from './discovery.ts'
import { notKubernetes } from './failures.ts'
import type { ActionCall, KubernetesKind } from './kind.ts'
import type { KubernetesObject, Stored } from './object.ts'

export interface ActionRequest {
  key: string
  uid: string
  action: string
  input: unknown
}

/** An eviction waits for nobody, a webhook may. */
const actionTimeoutMs = 60_000

const contentTypes = {
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
  strategic: 'application/strategic-merge-patch+json',
} as const

/** Kubelets and controllers write what they own of an object every few seconds: what was read may be old by then. */
const mostAttempts = 3

/**
 * Does one action on the live object, read anew when somebody else wrote in between. Throws `conflict` when it is another one than was meant, `blocked` when its state
 * forbids it, `invalid_input`, and what the server answers.
 */
export async function act(
  api: KubernetesApi,
  kind: KubernetesKind,
  request: ActionRequest,
  progress: Progress,
  signal: AbortSignal,
): Promise<ActionResult> {
  for (let attempt = 1; ; attempt++)
    try {
      return await actOnce(api, kind, request, progress, signal)
    } catch (failure) {
      const isOld = isAppError(failure) && failure.reason?.code === 'changed-meanwhile'
      if (!isOld || attempt === mostAttempts) throw failure
    }
}

async function actOnce(
  api: KubernetesApi,
  kind: KubernetesKind,
  { key, uid, action: name, input }: ActionRequest,
  progress: Progress,
  signal: AbortSignal,
): Promise<ActionResult> {
  const action = kind.actions.find((one) => one.name === name)
  const call = kind.calls[name]
  if (!action || !call)
    throw new AppError('unsupported', `${kind.name} has no action ${name}.`, {
      reason: { code: 'no-such-action', params: { action: name } },
    })
  const { served, raw } = await api.object(kind, key, signal)
  const live = describe(kind, apiVersionOf(served), raw)
  if (!live || !isStored(raw)) throw notKubernetes(api.http.server.address, 'json')
  const { summary } = live
  if (summary.uid !== uid)
    throw new AppError('conflict', `${summary.name} was made anew in the meantime; look at it again before acting.`, {
      reason: { code: 'another-life', params: { name: summary.name } },
    })
  const blocked = action.blockedBy(summary)
  if (blocked) throw new AppError('blocked', `${name} is not possible now: ${blocked}.`, { reason: { code: blocked } })
  const made = call(raw, inputOf(action.input, input))
  progress({ fraction: null })
  await api.http.text({ ...sent(made, raw, served), signal, timeoutMs: actionTimeoutMs })
  return {}
}

function inputOf(schema: z.ZodType | null, input: unknown): unknown {
  if (!schema) return null
  const parsed = schema.safeParse(input ?? {})
  if (parsed.success) return parsed.data
  throw new AppError('invalid_input', z.prettifyError(parsed.error), { details: z.flattenError(parsed.error) })
}

/** The call as it is sent: with the uid of the very object that was meant, wherever the API takes one. */
export function sent(
  { method, subresource, path, query, body, patch = 'merge' }: ActionCall,
  { metadata }: Stored<KubernetesObject>,
  served: Served,
) {
  const { name, namespace, uid } = metadata
  const own = pathOf(served, { namespace: namespace ?? null, name, ...(subresource && { subresource }) })
  return {
    method,
    path: path ?? own,
    ...(query && { query }),
    ...(method === 'PATCH' && { headers: { 'content-type': contentTypes[patch] } }),
    body: method === 'DELETE' ? { ...asObject(body), preconditions: { uid } } : method === 'PATCH' ? withUid(body, uid, patch) : body,
  }
}

const asObject = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? { ...value } : {})

/** A uid that is not the object's is a conflict; of a list of operations, a test that fails. */
function withUid(body: unknown, uid: string, patch: keyof typeof contentTypes): unknown {
  if (patch === 'json' && Array.isArray(body)) return [{ op: 'test', path: '/metadata/uid', value: uid }, ...(body as unknown[])]
  const given = asObject(body)
  return { ...given, metadata: { ...asObject(given['metadata']), uid } }
}
