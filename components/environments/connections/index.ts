import type { ComponentType } from 'react'
import type { z } from 'zod'
import { DockerFields } from './docker.tsx'
import { dockerAddress, DockerValues, emptyDocker, fromDockerSettings, toDockerRequest } from './docker-values.ts'
import { emptyKubernetes, fromKubernetesSettings, kubernetesAddress, KubernetesValues, toKubernetesRequest } from './kubernetes-values.ts'
import { KubernetesFields } from './kubernetes.tsx'
import type { ConnectionRequest } from './secrets.ts'

/** How one engine is asked for: its own fields, and what they become. */
export interface ConnectionForm<Values> {
  schema: z.ZodType<Values, Values>
  empty: Values
  Fields: ComponentType
  fromSettings(settings: Record<string, unknown>, storedSecrets: readonly string[]): Values
  toRequest(values: Values): ConnectionRequest
  addressOf(values: Values): string
  /** With the key that the machine on the way has shown, as the only one that is taken from now on. Left out: none is on the way. */
  pin?(values: Values, hostKey: string): Values
}

type ConnectionValues = DockerValues | KubernetesValues

/** Each form is only ever given the values that it made itself. */
const formOf = <Values extends ConnectionValues>(form: ConnectionForm<Values>) => form as unknown as ConnectionForm<ConnectionValues>

const docker = formOf<DockerValues>({
  schema: DockerValues,
  empty: emptyDocker,
  Fields: DockerFields,
  fromSettings: fromDockerSettings,
  toRequest: toDockerRequest,
  addressOf: dockerAddress,
  pin: (values, hostKey) => ({ ...values, hostKey }),
})

const kubernetes = formOf<KubernetesValues>({
  schema: KubernetesValues,
  empty: emptyKubernetes,
  Fields: KubernetesFields,
  fromSettings: fromKubernetesSettings,
  toRequest: toKubernetesRequest,
  addressOf: kubernetesAddress,
})

/** The form of each engine, by its name. To add an engine's: its file and its name here. */
export const connectionForms = { docker, kubernetes } as const
export type EngineWithForm = keyof typeof connectionForms
