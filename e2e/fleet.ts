import { expect, type APIRequestContext } from '@playwright/test'
import type { Environment } from '../lib/model/environment.ts'
import type { TestDocker } from './engines/docker/start.ts'
import { environmentName } from './portolan.ts'
import { administratorsApi } from './people.ts'

async function asAdministrator<Answer>(ask: (api: APIRequestContext) => Promise<Answer>): Promise<Answer> {
  const api = await administratorsApi()
  try {
    return await ask(api)
  } finally {
    await api.dispose()
  }
}

export const allEnvironments = (): Promise<Environment[]> =>
  asAdministrator(async (api) => {
    const { rows } = (await (await api.get('/api/environments')).json()) as { rows: Environment[] }
    return rows
  })

export async function environmentCalled(name: string): Promise<Environment> {
  const found = (await allEnvironments()).find((one) => one.name === name)
  if (!found) throw new Error(`There is no environment ${name}.`)
  return found
}

/** What the first run connected. */
export const harbour = (): Promise<Environment> => environmentCalled(environmentName)

/** Connects a dockerd by its socket, waits until it is followed, and answers the environment's id. */
export const connect = (docker: Pick<TestDocker, 'socket'>, name: string): Promise<string> =>
  connectEngine(name, { engine: 'docker', settings: { transport: 'socket', path: docker.socket } })

/** The same of any engine. */
export async function connectEngine(name: string, reach: { engine: string; settings: object; secrets?: object }): Promise<string> {
  const id = await asAdministrator(async (api) => {
    const response = await api.post('/api/environments', { data: { name, stage: 'dev', ...reach } })
    if (!response.ok()) throw new Error(`${name} could not be connected: ${await response.text()}`)
    return ((await response.json()) as Environment).id
  })
  await expect.poll(async () => (await environmentCalled(name)).state, { timeout: 15_000 }).toBe('live')
  return id
}

/** Forgets every environment of this name, so that the next spec finds the fleet as the first run left it. */
export async function forget(name: string): Promise<void> {
  for (const { id } of (await allEnvironments()).filter((one) => one.name === name))
    await asAdministrator((api) => api.delete(`/api/environments/${id}`, { data: { why: 'the spec has ended' } }))
}
