import { readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { makeAuthority } from '../certificates.ts'
import type { Access, Commands } from './start.ts'

const folder = new URL('manifests/', import.meta.url)
const attempts = 60

/** Fills a cluster with something of every kind, in every state; what goes wrong takes its time to do so. */
export async function applySample(cluster: Commands & Pick<Access, 'kubeconfigFile'>): Promise<void> {
  for (const file of (await readdir(folder)).toSorted()) await applyOnceServed(cluster, await readFile(new URL(file, folder), 'utf8'))
  await makeTlsSecrets(cluster)
  await cluster.kubectl('delete', 'pod/does-not-go', '--namespace=broken', '--wait=false')
  await cluster.kubectl('delete', 'namespace/stuck', '--wait=false')
}

/** A kind that has just been defined is not served at once, also when its definition says that it is established. */
async function applyOnceServed({ apply }: Commands, manifests: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await apply(manifests)
      return
    } catch (error) {
      if (attempt === attempts || !/no matches for kind|not found\. There can be a delay/.test((error as Error).message)) throw error
      await wait(250)
    }
  }
}

/** One that serves the ingress, and one that has expired. */
async function makeTlsSecrets({ kubectl, kubeconfigFile }: Commands & Pick<Access, 'kubeconfigFile'>): Promise<void> {
  const directory = join(dirname(kubeconfigFile), 'sample')
  const authority = await makeAuthority(directory, 'sample-authority')
  const altNames = ['DNS:shop.example.com', 'DNS:*.shop.example.com']
  for (const [name, expired] of [
    ['shop-tls', false],
    ['expired-tls', true],
  ] as const) {
    const pair = await authority.issue(name, { altNames, expired, usage: 'serverAuth' })
    await kubectl('create', 'secret', 'tls', name, '--namespace=shop', '--cert', pair.certificateFile, '--key', pair.keyFile)
  }
  await rm(directory, { recursive: true })
}
