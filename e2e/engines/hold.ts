// Starts every test engine and holds it until Ctrl-C.
import { once } from 'node:events'
import { startSample } from './docker/sample.ts'
import { missingForDocker, startDocker } from './docker/start.ts'

const missing = missingForDocker()
if (missing) {
  console.log(`Docker cannot be started here: ${missing}.`)
  process.exit(1)
}
const docker = await startDocker({ name: 'dockerd for development' })
await startSample(docker)
console.log(`Docker 20.10 is up, and the sample shop in it.
  in Portolan: Environments → Connect → socket ${docker.socket}
  in a shell:  docker -H unix://${docker.socket} run -d --name web web:1.4
Ctrl-C ends it, and everything in it.`)
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
await docker.stop()
