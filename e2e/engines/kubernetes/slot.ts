import { takeSlot, type Slot } from '../slot.ts'
import { clearCgroups } from './cgroups.ts'

/** A place for one cluster: `10.<100 + number>.0.0/16` holds its node and pods, and its services. */
export interface KubernetesSlot extends Slot {
  nodeName: string
  nodeAddress: string
  podRange: string
  serviceRange: string
  clusterDns: string
  /** All its pods' processes are below it. */
  cgroup: string
}

const cgroupOf = (number: number) => `portolan-kubernetes-${number}`

export async function takeKubernetesSlot(): Promise<KubernetesSlot> {
  const slot = await takeSlot({
    stem: 'kubernetes',
    count: 20,
    bridgeStem: 'ptkb',
    subnet: (number) => `10.${100 + number}.`,
    programs: ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'unshare', 'kubelet', 'containerd'],
    clear: (number) => clearCgroups(cgroupOf(number)),
  })
  const { subnet, number } = slot
  return {
    ...slot,
    nodeName: `node-${number}`,
    nodeAddress: `${subnet}0.1`,
    podRange: `${subnet}0.0/24`,
    serviceRange: `${subnet}128.0/24`,
    clusterDns: `${subnet}128.10`,
    cgroup: cgroupOf(number),
  }
}
