import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stringify } from 'yaml'
import { freePort } from '../port.ts'
import { makeCgroups } from './cgroups.ts'
import { pauseImage, writeImages } from './images.ts'
import { cniFolder, containerdFolder, programOf, type Minor } from './releases.ts'
import type { KubernetesSlot } from './slot.ts'

interface NodeOptions {
  minor: Minor
  kubeconfigFile: string
  authorityFile: string
}

const script = fileURLToPath(new URL('node.sh', import.meta.url))

/** Prepares containerd and kubelet; answers the command that runs them as one. */
export async function prepareNode(slot: KubernetesSlot, options: NodeOptions): Promise<{ program: string; args: string[] }> {
  const { directory, nodeName, nodeAddress } = slot
  await makeCgroups(slot.cgroup)
  await writeImages(directory, join(directory, 'images.tar'))
  await writeFile(join(directory, 'containerd.toml'), containerdConfiguration(slot))
  await writeFile(join(directory, 'kubelet.yaml'), stringify(await kubeletConfiguration(slot, options)))
  await writeFile(join(directory, 'network.conflist'), JSON.stringify(network(slot)))
  const kubelet = [
    '--config', join(directory, 'kubelet.yaml'),
    '--kubeconfig', options.kubeconfigFile,
    '--hostname-override', nodeName,
    // Of the bridge: a kubelet takes no loopback address, and the machine may have no other.
    '--node-ip', nodeAddress,
  ] // prettier-ignore
  const node = ['sh', script, directory, containerdFolder, programOf(options.minor, 'kubelet'), ...kubelet]
  return { program: 'unshare', args: ['--mount', '--pid', '--fork', '--mount-proc', '--kill-child', '--', ...node] }
}

/** @see https://github.com/containerd/containerd/blob/main/docs/cri/config.md */
const containerdConfiguration = ({ directory }: KubernetesSlot) => `
version = 3
root = '${directory}/containerd'
[plugins.'io.containerd.cri.v1.images'.pinned_images]
  sandbox = '${pauseImage}'
[plugins.'io.containerd.cri.v1.runtime']
  # Without the right to lower a score runc dies.
  restrict_oom_score_adj = true
[plugins.'io.containerd.cri.v1.runtime'.cni]
  bin_dirs = ['${cniFolder}']
  conf_dir = '${directory}'
[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
  runtime_type = 'io.containerd.runc.v2'
`

const network = ({ bridge, podRange, directory }: KubernetesSlot) => ({
  cniVersion: '1.0.0',
  name: 'pods',
  plugins: [
    {
      type: 'bridge',
      bridge,
      ipam: { type: 'host-local', ranges: [[{ subnet: podRange }]], dataDir: join(directory, 'addresses') },
    },
  ],
})

const kubeletConfiguration = async (slot: KubernetesSlot, { authorityFile }: NodeOptions) => ({
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  kind: 'KubeletConfiguration',
  address: slot.nodeAddress,
  port: await freePort(),
  healthzPort: await freePort(),
  authentication: { anonymous: { enabled: false }, x509: { clientCAFile: authorityFile } },
  authorization: { mode: 'AlwaysAllow' },
  containerRuntimeEndpoint: 'unix:///run/containerd/containerd.sock',
  cgroupDriver: 'cgroupfs',
  cgroupRoot: `/${slot.cgroup}`,
  clusterDNS: [slot.clusterDns],
  clusterDomain: 'cluster.local',
  // The machine is not the cluster's alone: what it is short of is no reason to evict.
  evictionHard: { 'memory.available': '1Mi', 'nodefs.available': '0%', 'nodefs.inodesFree': '0%', 'imagefs.available': '0%' },
  imageGCHighThresholdPercent: 100,
  failCgroupV1: false,
  failSwapOn: false,
  makeIPTablesUtilChains: false,
  oomScoreAdj: 0,
  serializeImagePulls: false,
})
