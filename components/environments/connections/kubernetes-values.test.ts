import { expect, test } from 'vitest'
import { emptyKubernetes, fromKubernetesSettings, kubernetesAddress, KubernetesValues, toKubernetesRequest } from './kubernetes-values.ts'

const certificate = { state: 'new' as const, text: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----' }
const key = { state: 'new' as const, text: '-----BEGIN EC PRIVATE KEY-----\nMHc\n-----END EC PRIVATE KEY-----' }
const token = { state: 'new' as const, text: 'word' }
const issuesOf = (values: KubernetesValues) =>
  KubernetesValues.safeParse(values).error?.issues.map(({ path, message }) => [path.join('.'), message])

test('a token needs a server and itself; a certificate its key; the service account nothing', () => {
  expect(issuesOf(emptyKubernetes)).toEqual([
    ['server', 'required'],
    ['token', 'required'],
  ])
  expect(issuesOf({ ...emptyKubernetes, server: 'c:6443', token })).toBeUndefined()
  expect(issuesOf({ ...emptyKubernetes, way: 'certificate', server: 'c:6443', certificate })).toEqual([['key', 'required']])
  expect(issuesOf({ ...emptyKubernetes, way: 'certificate', server: 'c:6443', certificate: key, key: certificate })).toEqual([
    ['certificate', 'pemNotValid'],
    ['key', 'pemNotValid'],
  ])
  expect(issuesOf({ ...emptyKubernetes, way: 'in-cluster' })).toBeUndefined()
})

test.each(['ftp://c', 'https://user:word@c', 'https://c?x', 'https://', 'https://c#y'])('%s is no API server', (server) =>
  expect(issuesOf({ ...emptyKubernetes, server, token })).toEqual([['server', 'serverNotValid']]),
)

test.each([
  ['cluster.example.org:6443', 'https://cluster.example.org:6443'],
  [' https://c/k8s/clusters/c-1/ ', 'https://c/k8s/clusters/c-1'],
  ['[::1]:6443', 'https://[::1]:6443'],
])('%s is asked at %s', (server, address) => {
  expect(kubernetesAddress({ ...emptyKubernetes, server })).toBe(address)
  expect(toKubernetesRequest({ ...emptyKubernetes, server, token }).settings).toEqual({ auth: 'token', server: address })
})

test('namespaces are names with spaces or commas between', () => {
  expect(issuesOf({ ...emptyKubernetes, way: 'in-cluster', namespaces: 'Shop' })).toEqual([['namespaces', 'namespacesNotValid']])
  const { settings } = toKubernetesRequest({ ...emptyKubernetes, way: 'in-cluster', namespaces: ' shop, basket  till' })
  expect(settings).toEqual({ auth: 'in-cluster', namespaces: ['shop', 'basket', 'till'] })
})

test('what is stored is kept where the way still has a use for it, and forgotten where not', () => {
  const values = fromKubernetesSettings({ auth: 'token', server: 'https://c', namespaces: ['a', 'b'] }, ['ca', 'token'])
  expect(values).toMatchObject({ way: 'token', namespaces: 'a b', ca: { state: 'kept' }, token: { state: 'kept' } })
  expect(toKubernetesRequest(values)).toEqual({ settings: { auth: 'token', server: 'https://c', namespaces: ['a', 'b'] }, secrets: {} })
  expect(toKubernetesRequest({ ...values, way: 'certificate', certificate, key }).secrets).toEqual({
    token: null,
    certificate: certificate.text,
    key: key.text,
  })
})

test('a context of the kubeconfig of this server is kept as it is', () => {
  const settings = { auth: 'kubeconfig', context: 'prod', server: 'https://c' }
  const values = fromKubernetesSettings(settings, [])
  expect(issuesOf(values)).toBeUndefined()
  expect(toKubernetesRequest(values)).toEqual({ settings, secrets: {} })
})
