import type { ComponentType } from 'react'
import type { z } from 'zod'
import { DockerFields } from './docker.tsx'
import { dockerAddress, DockerValues, emptyDocker, fromDockerSettings, toDockerRequest, type ConnectionRequest } from './docker-values.ts'

/** How one engine is asked for: its own fields, and what they become. */
export interface ConnectionForm<Values> {
  schema: z.ZodType<Values, Values>
  empty: Values
  Fields: ComponentType
  fromSettings(settings: Record<string, unknown>, storedSecrets: readonly string[]): Values
  toRequest(values: Values): ConnectionRequest
  addressOf(values: Values): string
  /** With the key that the machine on the way has shown, as the only one that is taken from now on. */
  pin(values: Values, hostKey: string): Values
}

const docker: ConnectionForm<DockerValues> = {
  schema: DockerValues,
  empty: emptyDocker,
  Fields: DockerFields,
  fromSettings: fromDockerSettings,
  toRequest: toDockerRequest,
  addressOf: dockerAddress,
  pin: (values, hostKey) => ({ ...values, hostKey }),
}

/** The form of each engine, by its name. To add an engine's: its file and its name here. */
export const connectionForms = { docker } as const
export type EngineWithForm = keyof typeof connectionForms
