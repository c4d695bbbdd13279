import type { Engine, InFile } from '../engine.ts'
import { connectKubernetes } from './connection.ts'
import { discoverKubernetes } from './discover.ts'
import { kinds } from './kinds/index.ts'
import { readKubeconfig, type KubeconfigContext } from './kubeconfig.ts'
import { addressOf, KubernetesSecrets, KubernetesSettings } from './settings.ts'

/** Kubernetes 1.26 and newer. */
export const kubernetes: Engine = {
  name: 'kubernetes',
  title: 'Kubernetes',
  kinds,
  connection: { settings: KubernetesSettings, secrets: KubernetesSecrets },
  addressOf: (settings) => addressOf(KubernetesSettings.parse(settings)),
  discover: discoverKubernetes,
  readFile: (text) => readKubeconfig(text).map(inFile),
  connect: connectKubernetes,
}

const inFile = ({ name, server: address, settings, secrets, refused }: KubeconfigContext): InFile =>
  refused ? { name, address, refused } : { name, address, settings, secrets, refused: null }
