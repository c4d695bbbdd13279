import type { V1ObjectMeta } from '@kubernetes/client-node'

/**
 * A model of the client library as it is on the wire: there instants are text, and names that JavaScript keeps for
 * itself have no underscore.
 */
export type Json<T> = T extends Date
  ? string
  : T extends (infer Item)[]
    ? Json<Item>[]
    : T extends object
      ? { [Name in keyof T as Name extends `_${infer Real}` ? Real : Name]: Json<T[Name]> }
      : T

type Metadata = Json<V1ObjectMeta>

/** What every object has, of whatever kind. */
export interface KubernetesObject {
  apiVersion?: string
  kind?: string
  metadata?: Metadata
}

/** What is there of everything that an API server has stored. */
export type Stored<T> = Omit<T, 'metadata'> & { metadata: Metadata & { name: string; uid: string; resourceVersion: string } }
