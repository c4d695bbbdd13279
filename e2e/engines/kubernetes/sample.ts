import { readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makeAuthority } from '../certificates.ts'
import type { TestKubernetes } from './start.ts'

const folder = new URL('manifests/', import.meta.url)

/** Fills a cluster with something of every kind, in every state; what goes wrong takes its time to do so. */
export async function applySample(cluster: Pick<TestKubernetes, 'apply' | 'kubectl' | 'kubeconfigFile'>): Promise<void> {
  for (const file of (await readdir(folder)).toSorted()) {
    await cluster.apply(await readFile(new URL(file, folder), 'utf8'))
    // Its objects are refused before it is there.
    if (file.startsWith('8-'))
      await cluster.kubectl('wait', 'crd/boats.harbour.example.com', 'crd/harbours.harbour.example.com', '--for=condition=Established')
  }
  await makeTlsSecrets(cluster)
  await cluster.kubectl('delete', 'pod/does-not-go', '--namespace=broken', '--wait=false')
  await cluster.kubectl('delete', 'namespace/stuck', '--wait=false')
}

/** One that serves the ingress, and one that has expired. */
async function makeTlsSecrets({ kubectl, kubeconfigFile }: Pick<TestKubernetes, 'kubectl' | 'kubeconfigFile'>): Promise<void> {
  const directory = join(dirname(kubeconfigFile), 'sample')
  const authority = await makeAuthority(directory, 'sample-authority')
  for (const [name, expired] of [
    ['shop-tls', false],
    ['expired-tls', true],
  ] as const) {
    const pair = await authority.issue(name, { altNames: ['DNS:shop.example.com', 'DNS:*.shop.example.com'], expired, usage: 'serverAuth' })
    await kubectl('create', 'secret', 'tls', name, '--namespace=shop', '--cert', pair.certificateFile, '--key', pair.keyFile)
  }
  await rm(directory, { recursive: true })
}
