import { setTimeout as wait } from 'node:timers/promises'
import { askEngine } from '../engines/docker/ask.ts'

/** A Portolan, somebody who may do everything in it, and an engine that it follows. */
export interface Place {
  origin: string
  headers: Record<string, string>
  environment: string
  /** The engine's own. */
  socket: string
}

/** Connects an engine as soon as a web is there; answers the environment's id. */
export async function connectEngine(
  { origin, headers }: Pick<Place, 'origin' | 'headers'>,
  name: string,
  settings: object,
): Promise<string> {
  for (;;) {
    const answer = await fetch(`${origin}/api/environments`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ engine: 'docker', name, stage: 'dev', settings }),
    }).catch(() => null)
    if (answer?.ok) return ((await answer.json()) as { id: string }).id
    if (answer && answer.status < 500) throw new Error(`${name} could not be connected: ${await answer.text()}`)
    await wait(100)
  }
}

/** Makes a container that lives until it is removed and answers its id. */
export async function makeSleeper(socket: string, name: string, command = ['sleep', '100000']): Promise<string> {
  const body = { Image: 'portolan/busybox:1', Cmd: command, StopSignal: 'SIGKILL' }
  const { Id } = await askEngine<{ Id: string }>(socket, 'POST', `/containers/create?name=${name}`, body)
  await askEngine(socket, 'POST', `/containers/${Id}/start`)
  return Id
}
