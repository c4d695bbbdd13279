// Starts a test engine and holds it until Ctrl-C: Debian's, or the release that is named behind it.
import { once } from 'node:events'
import { missingForDocker, releases } from './docker/releases.ts'
import { startSample } from './docker/sample.ts'
import { startDocker } from './docker/start.ts'

const wanted = process.argv[2] ?? '20.10'
const release = releases.find((one) => one === wanted)
if (!release) {
  console.log(`There is no Docker ${wanted} here; there are ${releases.join(', ')}.`)
  process.exit(1)
}
const missing = missingForDocker(release)
if (missing) {
  console.log(`Docker ${release} cannot be started here: ${missing}.`)
  process.exit(1)
}
const docker = await startDocker({ release, name: 'dockerd for development' })
await startSample(docker)
console.log(`Docker ${release} is up, and the sample shop in it.
  in Portolan: Environments → Connect → socket ${docker.socket}
  in a shell:  docker -H unix://${docker.socket} run -d --name web web:1.4
Ctrl-C ends it, and everything in it.`)
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
await docker.stop()
