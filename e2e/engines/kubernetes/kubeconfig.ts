import { stringify } from 'yaml'

interface Access {
  /** Of cluster and context. */
  name: string
  url: string
  /** PEM. */
  ca: string
  user: { token: string } | { certificate: string; key: string }
}

const base64 = (text: string) => Buffer.from(text).toString('base64')

/** The text of a kubeconfig with one context. */
export const kubeconfigOf = ({ name, url, ca, user }: Access): string =>
  stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [{ name, cluster: { server: url, 'certificate-authority-data': base64(ca) } }],
    contexts: [{ name, context: { cluster: name, user: `${name}-user` } }],
    users: [
      {
        name: `${name}-user`,
        user: 'token' in user ? user : { 'client-certificate-data': base64(user.certificate), 'client-key-data': base64(user.key) },
      },
    ],
  })
