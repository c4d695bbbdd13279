import enCommon from './en/common.ts'
import enShell from './en/shell.ts'
import enEntry from './en/entry.ts'
import enResources from './en/resources.ts'
import enDocker from './en/docker.ts'
import enKubernetes from './en/kubernetes.ts'
import enKubernetesSurroundings from './en/kubernetes-surroundings.ts'
import enKubernetesWorkloads from './en/kubernetes-workloads.ts'
import enEnvironments from './en/environments.ts'
import enHome from './en/home.ts'
import enChanges from './en/changes.ts'
import enSettings from './en/settings.ts'
import enPeople from './en/people.ts'
import enErrors from './en/errors.ts'
import enDock from './en/dock.ts'
import frCommon from './fr/common.ts'
import frShell from './fr/shell.ts'
import frEntry from './fr/entry.ts'
import frResources from './fr/resources.ts'
import frDocker from './fr/docker.ts'
import frKubernetes from './fr/kubernetes.ts'
import frKubernetesSurroundings from './fr/kubernetes-surroundings.ts'
import frKubernetesWorkloads from './fr/kubernetes-workloads.ts'
import frEnvironments from './fr/environments.ts'
import frHome from './fr/home.ts'
import frChanges from './fr/changes.ts'
import frSettings from './fr/settings.ts'
import frPeople from './fr/people.ts'
import frErrors from './fr/errors.ts'
import frDock from './fr/dock.ts'
import type { Language } from './language.ts'

export { languages, type Language } from './language.ts'

type Tree = { [key: string]: string | Tree }

/** Areas may add to one another's branches (every engine adds to `reasons`, `columns`, `actions`): merged by branch. */
function merge(...trees: Tree[]): Tree {
  const merged: Tree = {}
  for (const tree of trees)
    for (const [key, value] of Object.entries(tree)) {
      const known = merged[key]
      merged[key] = typeof value === 'object' && typeof known === 'object' ? merge(known, value) : value
    }
  return merged
}

export const messages: Record<Language, Tree> = {
  en: merge(
    enCommon,
    enShell,
    enEntry,
    enResources,
    enDocker,
    enKubernetes,
    enKubernetesSurroundings,
    enKubernetesWorkloads,
    enEnvironments,
    enHome,
    enChanges,
    enSettings,
    enPeople,
    enErrors,
    enDock,
  ),
  fr: merge(
    frCommon,
    frShell,
    frEntry,
    frResources,
    frDocker,
    frKubernetes,
    frKubernetesSurroundings,
    frKubernetesWorkloads,
    frEnvironments,
    frHome,
    frChanges,
    frSettings,
    frPeople,
    frErrors,
    frDock,
  ),
}
