import { takeSlot, type Slot } from '../slot.ts'

/** A place for one dockerd, with a pool of addresses for its networks. */
export type DockerSlot = Slot & { addressPool: string }

export async function takeDockerSlot(): Promise<DockerSlot> {
  const slot = await takeSlot({
    stem: 'docker',
    count: 40,
    bridgeStem: 'ptdk',
    subnet: (number) => `10.${200 + number}.`,
    programs: ['dockerd', 'containerd', 'containerd-shim', 'containerd-shim-runc-v2', 'docker-proxy'],
  })
  return { ...slot, addressPool: `base=${slot.subnet}128.0/17,size=24` }
}
