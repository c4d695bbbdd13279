import { setTimeout as wait } from 'node:timers/promises'
import type { TestDocker } from './start.ts'

const settleTimeoutMs = 30_000

/** A password that must be found nowhere outside of the engine. */
export const sampleSecret = 'canary-8d1f-hunter2'

/** Hears SIGTERM at once, as a shell that is the first process of a container otherwise does not. */
const politely = (script: string): string[] => ['sh', '-c', `trap 'exit 0' TERM; ${script} & wait`]
const talk = `
i=0
while true; do
  i=$((i + 1))
  printf '\\033[32mINFO\\033[0m  order %d packed in \\033[1m%d ms\\033[0m\\n' $i $((i * 7 % 90))
  [ $((i % 5)) = 0 ] && printf '\\033[33mWARN\\033[0m  carrier answers slowly, trying again\\n' >&2
  [ $i -gt 400 ] && sleep 1
done`

const compose = (service: string): string[] => [
  '--label', 'com.docker.compose.project=shop',
  '--label', `com.docker.compose.service=${service}`,
  '--label', 'com.docker.compose.container-number=1',
  '--label', 'com.docker.compose.oneoff=False',
] // prettier-ignore

const containers: string[][] = [
  ['run', '--detach', '--name', 'shop-web-1', ...compose('web'), '--network', 'shop_default', '--restart', 'unless-stopped', '--publish', '80', '--memory', '64m',
    '--health-cmd', 'wget -q -O /dev/null http://127.0.0.1/', '--health-interval', '1s', '--health-timeout', '5s', 'web:1.4',
    ...politely('echo "<h1>shop</h1>" > /www/index.html; httpd -f -v -p 80 -h /www')],
  ['run', '--detach', '--name', 'shop-worker-1', ...compose('worker'), '--network', 'shop_default', '--restart', 'unless-stopped', '--cpus', '0.5', 'worker:2.0', ...politely(talk)],
  ['run', '--detach', '--name', 'shop-db-1', ...compose('db'), '--network', 'shop_default', '--restart', 'unless-stopped', '--volume', 'shop_db-data:/data',
    '--env', `DB_PASSWORD=${sampleSecret}`, '--env', 'DB_NAME=shop', 'db:16', ...politely('echo ready > /data/state; while true; do sleep 30; done')],
  ['run', '--detach', '--name', 'shop-migrate-1', ...compose('migrate'), '--network', 'shop_default', 'db:16', 'sh', '-c', 'echo 14 migrations applied'],
  ['run', '--detach', '--name', 'billing-sync', '--restart', 'always', 'worker:2.0', 'sh', '-c', 'echo "ledger refused the connection" >&2; exit 3'],
  ['run', '--detach', '--name', 'search-index', '--stop-signal', 'KILL', '--health-cmd', 'echo "index is 41 min old, allowed are 10"; exit 1', '--health-interval', '1s',
    '--health-retries', '2', 'worker:2.0', 'sleep', '100000'],
  ['run', '--detach', '--name', 'report-builder', '--memory', '12m', 'worker:2.0', 'tail', '/dev/zero'],
  ['run', '--detach', '--name', 'legacy-cron', 'portolan/busybox:1', 'sh', '-c', 'echo "crontab: line 4: bad minute" >&2; exit 2'],
  ['run', '--detach', '--name', 'cache-warmer', '--stop-signal', 'KILL', 'portolan/busybox:1', 'sleep', '100000'],
  ['create', '--name', 'restore-drill', '--volume', '/data', 'db:16', 'sh'],
] // prettier-ignore

/** Brings up the sample and waits until each container is in the state that it is there to show. */
export async function startSample({ docker }: Pick<TestDocker, 'docker'>): Promise<void> {
  await docker(['network', 'create', '--label', 'com.docker.compose.project=shop', 'shop_default'])
  await docker(['volume', 'create', '--label', 'com.docker.compose.project=shop', 'shop_db-data'])
  await Promise.all(containers.map((command) => docker(command)))
  await docker(['pause', 'cache-warmer'])
  await docker(['volume', 'create', 'old-uploads'])
  // An image without a tag, as an abandoned build leaves one.
  await docker(['commit', '--message', 'abandoned', 'restore-drill'])
  await untilState(docker, 'shop-web-1', '{{.State.Health.Status}}', 'healthy')
  await untilState(docker, 'search-index', '{{.State.Health.Status}}', 'unhealthy')
  await untilKilledForMemory(docker, 'report-builder')
  await untilState(docker, 'billing-sync', '{{gt .RestartCount 1}}', 'true')
}

/** The kernel's word of a kill for memory may come too late for the engine's own; then the container is started once more. */
async function untilKilledForMemory(docker: TestDocker['docker'], name: string): Promise<void> {
  for (let tries = 5; ; tries--) {
    await untilState(docker, name, '{{.State.Running}}', 'false')
    if ((await docker(['inspect', '--format', '{{.State.OOMKilled}}', name])) === 'true') return
    if (tries === 0) throw new Error(`${name} was never killed for memory.`)
    await docker(['start', name])
  }
}

/** Waits until `docker inspect` prints `wanted`; throws with what it printed last. */
export async function untilState(docker: TestDocker['docker'], name: string, format: string, wanted: string): Promise<void> {
  const deadline = Date.now() + settleTimeoutMs
  for (let said = ''; said !== wanted;) {
    if (Date.now() > deadline) throw new Error(`${name} did not become ${wanted}: ${format} is ${said}.`)
    said = await docker(['inspect', '--format', format, name])
    if (said !== wanted) await wait(100)
  }
}
