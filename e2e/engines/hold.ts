// Starts a test engine and holds it until Ctrl-C: Debian's Docker, or what is named behind it.
import { once } from 'node:events'
import { missingForDocker, releases, type Release } from './docker/releases.ts'
import { startSample } from './docker/sample.ts'
import { startDocker } from './docker/start.ts'
import { minors, missingForKubernetes, programOf, type Minor } from './kubernetes/releases.ts'
import { applySample } from './kubernetes/sample.ts'
import { startKubernetes } from './kubernetes/start.ts'

interface Held {
  missing: string | null
  /** Answers what to tell the developer, and how to end it. */
  start(): Promise<{ text: string; stop(): Promise<void> }>
}

const docker = (release: Release): Held => ({
  missing: missingForDocker(release),
  async start() {
    const engine = await startDocker({ release, name: 'dockerd for development' })
    await startSample(engine)
    const text = `Docker ${release} is up, and the sample shop in it.
  in Portolan: Environments → Connect → socket ${engine.socket}
  in a shell:  docker -H unix://${engine.socket} run -d --name web web:1.4`
    return { text, stop: engine.stop }
  },
})

const kubernetes = (minor: Minor): Held => ({
  missing: missingForKubernetes(minor),
  async start() {
    const cluster = await startKubernetes({ minor, name: 'development' })
    await applySample(cluster)
    const text = `Kubernetes ${minor} is up at ${cluster.url}, and in it something of every kind, much of it broken.
  its kubeconfig: ${cluster.kubeconfigFile}
  in a shell:     ${programOf(minor, 'kubectl')} --kubeconfig ${cluster.kubeconfigFile} run web --image web:1.4 -- sleep 1000`
    return { text, stop: cluster.stop }
  },
})

const held = new Map<string, Held>([
  ...releases.map((release) => [release, docker(release)] as const),
  ['kubernetes', kubernetes('1.36')] as const,
  ...minors.map((minor) => [`kubernetes-${minor}`, kubernetes(minor)] as const),
])

const name = process.argv[2] ?? '20.10'
const engine = held.get(name)
if (!engine) {
  console.log(`There is no ${name} here; there are ${[...held.keys()].join(', ')}.`)
  process.exit(1)
}
if (engine.missing) {
  console.log(`${name} cannot be started here: ${engine.missing}.`)
  process.exit(1)
}
const { text, stop } = await engine.start()
console.log(`${text}\nCtrl-C ends it, and everything in it.`)
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
await stop()
