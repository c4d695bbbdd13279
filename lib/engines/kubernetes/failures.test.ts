import { expect, it, vi } from 'vitest'
import { languages, messages } from '../../i18n/messages.ts'
import { status } from './fake-api.ts'
import { notKubernetes, refusal } from './failures.ts'

vi.stubEnv('PORTOLAN_SECRET_KEYS', '5a'.repeat(32))

const server = { address: 'https://10.0.0.5:6443', host: '10.0.0.5', name: '10.0.0.5', identified: false }
const answer = (code: number, body: unknown, retryAfter?: number) =>
  refusal(
    {
      status: code,
      statusText: 'words',
      contentType: 'application/json',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      retryAfter,
    },
    server,
  )

const forbidden =
  'pods is forbidden: User "system:serviceaccount:shop:ann" cannot list resource "pods" in API group "" at the cluster scope'

const refusals = [
  [401, status(401, 'Unauthorized'), 'engine_denied', 'credentials-refused'],
  [403, status(403, forbidden), 'engine_denied', 'api-forbidden'],
  [403, status(403, 'no'), 'engine_denied', 'api-forbidden-somehow'],
  [404, status(404, 'pods "x" not found'), 'not_found', 'api-has-none'],
  [409, status(409, 'the object has been modified', { reason: 'Conflict' }), 'conflict', 'changed-meanwhile'],
  [409, status(409, 'it exists', { reason: 'AlreadyExists' }), 'conflict', 'exists-already'],
  [410, status(410, 'too old resource version'), 'engine_failed', 'resource-version-expired'],
  [
    504,
    status(504, 'Too large resource version', { details: { causes: [{ reason: 'ResourceVersionTooLarge' }] } }),
    'engine_failed',
    'resource-version-expired',
  ],
  [422, status(422, 'spec.replicas: Invalid value'), 'invalid_input', 'api-invalid'],
  [429, status(429, 'no budget', { details: { causes: [{ reason: 'DisruptionBudget' }] } }), 'blocked', 'disruption-budget'],
  [429, status(429, 'too many'), 'engine_failed', 'api-busy'],
  [503, status(503, 'unwell'), 'engine_failed', 'api-busy'],
  [500, status(500, 'etcd'), 'engine_failed', 'api-failed'],
  [400, status(400, 'odd'), 'invalid_input', 'api-refused'],
  [502, '<html>internal-secret</html>', 'engine_failed', 'not-kubernetes-refused'],
] as const

it.each(refusals)('%i %j is %s, %s', (code, body, expected, reason) => {
  const error = answer(code, body)
  expect({ code: error.code, reason: error.reason?.code }).toEqual({ code: expected, reason })
})

it('says who may not, in the words of the server, and of a field what is wrong with it', () => {
  expect(answer(403, status(403, forbidden)).reason).toEqual({
    code: 'api-forbidden',
    params: { user: 'system:serviceaccount:shop:ann' },
    words: forbidden,
  })
  const causes = [{ reason: 'FieldValueInvalid', message: 'must be greater than or equal to 0', field: 'spec.replicas' }]
  expect(answer(422, status(422, 'invalid', { details: { causes } })).details).toEqual({ causes })
})

it('of what is not known to be Kubernetes no word is told, and of nobody a secret', () => {
  expect(
    JSON.stringify([answer(502, '<html>internal-secret</html>').message, answer(502, '{"message":"internal-secret"}').reason]),
  ).not.toContain('internal')
  expect(answer(400, status(400, 'bad --token=hunter2hunter2')).message).toMatch(/^bad --token=•/)
})

it('takes what the server says of when to come again, and not for ever', () => {
  expect(answer(429, status(429, 'x'), 7).retryAfterSeconds).toBe(7)
  expect(answer(429, status(429, 'x', { details: { retryAfterSeconds: 3 } })).retryAfterSeconds).toBe(3)
  expect(answer(503, status(503, 'x'), 86_400).retryAfterSeconds).toBe(60)
})

it.each(languages)('each has its sentence in %s', (language) => {
  const words = messages[language]['reasons'] as Record<string, string>
  const others = (['html', 'json', 'other'] as const).map((found) => notKubernetes('x', found).reason!.code)
  const codes = [...refusals.map(([, , , code]) => code), ...others, 'owned-go-with-it', 'owned-go-with-it-at-least']
  expect(codes.filter((code) => !words[code])).toEqual([])
})
