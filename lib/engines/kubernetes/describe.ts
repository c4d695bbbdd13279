import { Summary, type Document } from '../../model/resource.ts'
import { observe, type Described } from '../common/observe.ts'
import { fingerprint as keyedFingerprint } from '../../access/secrets.ts'
import { settings as ourSettings } from '../../settings.ts'
import { hideSecrets, type Fingerprint, type Harmless } from '../common/secrets.ts'
import { cleanse } from '../common/untrusted.ts'
import type { Observed } from '../engine.ts'
import { keyOf, type KubernetesKind } from './kind.ts'
import type { KubernetesObject, Stored } from './object.ts'

/** Copies of the whole object with all that is secret in it, kept by tools that apply manifests. */
const appliedCopies = new Set(['kubectl.kubernetes.io/last-applied-configuration', 'kapp.k14s.io/original'])

/** Fields that name a secret, or where it is, and hold none: `secretName`, `tokenPath`, `passwordSecretRef`. */
const harmless: Harmless = (name) =>
  /(?:name|names|namespace|ref|refs|path|file|class|type|mode|policy|kind|version|provider|url|issuer|audience|seconds)$/i.test(name)

const DescribedSchema = Summary.omit({ version: true })

/** Whether it has what every object has that was stored. */
export function isStored(raw: unknown): raw is Stored<KubernetesObject> {
  const metadata = (raw as KubernetesObject | null)?.metadata
  return typeof metadata === 'object' && metadata !== null && typeof metadata.name === 'string' && typeof metadata.uid === 'string'
}

/**
 * Without what says nothing to people, and without copies of its secrets. A list leaves out what its items are, and a
 * watch does not: both are told alike, or each would change the row.
 */
function strip(raw: Stored<KubernetesObject>, apiVersion: string, kind: KubernetesKind): Stored<KubernetesObject> {
  const { annotations, ...metadata } = raw.metadata
  delete metadata.managedFields
  const kept = annotations && Object.entries(annotations).filter(([name]) => !appliedCopies.has(name))
  const identity = { apiVersion, kind: kind.manifestKind }
  return { ...identity, ...raw, ...identity, metadata: { ...metadata, ...(kept?.length && { annotations: Object.fromEntries(kept) }) } }
}

/** Every value of a Secret, whatever it is called. */
function hideData(object: Stored<KubernetesObject>, fingerprint: Fingerprint): Stored<KubernetesObject> {
  const { data, stringData } = object as { data?: unknown; stringData?: unknown }
  const hide = (values: unknown) =>
    typeof values === 'object' && values !== null
      ? Object.fromEntries(Object.entries(values).map(([name, value]) => [name, `•${fingerprint(String(value))}`]))
      : undefined
  return {
    ...object,
    ...(data !== undefined && { data: hide(data) }),
    ...(stringData !== undefined && { stringData: hide(stringData) }),
  }
}

/**
 * An object as a row and a document, without its secrets. One that its kind cannot make sense of is a row that says so:
 * it must not cost the list. Null for what has no identity.
 */
export function describe(kind: KubernetesKind, apiVersion: string, raw: unknown): Observed | null {
  if (!isStored(raw)) return null
  const object = strip(raw, apiVersion, kind)
  // Looked up once for all values: it may be in a file.
  const keys = ourSettings().secretKeys
  const fingerprint: Fingerprint = (value) => keyedFingerprint(value, keys)
  try {
    const hidden = hideSecrets(kind.category === 'secret' ? hideData(object, fingerprint) : object, fingerprint, harmless)
    // A secret is understood (whose certificate, until when) only while it can be read; none of its values may come out.
    const described = cleanse(DescribedSchema.parse(kind.describe(kind.seesSecrets ? object : hidden))) as Described
    return observe(described, cleanse(hidden) as Document)
  } catch {
    return observe(unreadable(object), {
      apiVersion,
      kind: kind.manifestKind,
      metadata: { name: object.metadata.name, uid: object.metadata.uid },
    })
  }
}

function unreadable({ metadata: { name, namespace, uid } }: Stored<KubernetesObject>): Described {
  return cleanse({
    key: keyOf({ name, ...(typeof namespace === 'string' && { namespace }) }),
    uid,
    namespace: typeof namespace === 'string' ? namespace : null,
    name,
    health: 'unknown',
    state: { code: 'unknown-state' },
    reason: { code: 'object-misshapen' },
    since: null,
    createdAt: null,
    facts: {},
    images: [],
    labels: {},
    relations: [],
    searchTerms: [uid],
  }) as Described
}
