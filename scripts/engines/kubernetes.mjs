/**
 * Kubernetes builds against modules that it keeps in its own `staging` folder and publishes as v0 of the same number.
 * @param {string} minor such as `1.36`
 * @param {number} patch
 * @returns {[string, import('./go.mjs').GoPrograms]}
 */
const kubernetes = (minor, patch) => {
  const [majorNumber, minorNumber] = minor.split('.')
  const version = 'k8s.io/component-base/version'
  const programs = {
    name: 'kubernetes',
    title: `Kubernetes ${minor}`,
    minutes: 9,
    module: 'k8s.io/kubernetes',
    version: `v${minor}.${patch}`,
    main: 'kubernetes/main.go',
    names: ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubelet', 'kubectl'],
    staging: `v0.${minorNumber}.${patch}`,
    // Without them clients cannot parse the version.
    variables: {
      [`${version}.gitVersion`]: `v${minor}.${patch}`,
      [`${version}.gitMajor`]: majorNumber,
      [`${version}.gitMinor`]: minorNumber,
    },
  }
  return [minor, programs]
}

/** By minor: those that are tested against. */
export const kubernetesByMinor = new Map([kubernetes('1.36', 3), kubernetes('1.35', 8)])

/** @type {import('./go.mjs').GoPrograms} Its program is called `server`. */
export const etcd = {
  name: 'etcd',
  title: 'etcd',
  minutes: 1,
  module: 'go.etcd.io/etcd/server/v3',
  version: 'v3.7.3',
  packages: ['go.etcd.io/etcd/server/v3'],
}

/** @type {import('./go.mjs').GoPrograms} Debian's is older than kubelets take. */
export const containerd = {
  name: 'containerd',
  title: 'containerd 2',
  minutes: 3,
  module: 'github.com/containerd/containerd/v2',
  version: 'v2.4.2',
  packages: ['containerd', 'containerd-shim-runc-v2', 'ctr'].map((name) => `github.com/containerd/containerd/v2/cmd/${name}`),
}
