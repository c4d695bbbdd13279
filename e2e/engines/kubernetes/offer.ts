import { once } from 'node:events'
import { createServer } from 'node:http'
import { minors, missingForKubernetes } from './releases.ts'
import { startKubernetes, type TestKubernetes } from './start.ts'

/**
 * Starts the cluster that tests share when the first of them asks for it at `socket`, as most runs of single files need
 * none. What the machine lacks for one is told by name; with CI=true it throws instead.
 */
export async function offerSharedKubernetes(socket: string): Promise<{ socket: string; stop(): Promise<void> } | { missing: string }> {
  for (const minor of minors) {
    const missing = missingForKubernetes(minor)
    if (missing && process.env.CI === 'true') throw new Error(`The tests need Kubernetes ${minor}: ${missing}.`)
    if (missing) console.log(`SKIPPED what needs Kubernetes ${minor}: ${missing}.`)
  }
  const missing = missingForKubernetes()
  if (missing) return { missing }
  let cluster: Promise<TestKubernetes> | undefined
  const server = createServer((_request, response) => {
    cluster ??= startKubernetes({ name: 'shared' })
    cluster.then(
      (started) => response.end(JSON.stringify(started)),
      (failure: Error) => response.writeHead(500).end(failure.message),
    )
  })
  server.listen(socket)
  await once(server, 'listening')
  return {
    socket,
    async stop() {
      server.close()
      // One that did not start has said so to who asked for it.
      await (await cluster?.catch(() => undefined))?.stop()
    },
  }
}
