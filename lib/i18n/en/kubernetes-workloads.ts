/** Why an action is off: the tooltip of its button, and the reason of the error. */
const blocked = {
  'rollout-paused': 'Its rollout is paused: unpause it first.',
  'already-suspended': 'It is already suspended.',
  'not-suspended': 'It is not suspended.',
  'already-cordoned': 'It is already cordoned.',
  'not-cordoned': 'It is not cordoned.',
}

export default {
  kinds: {
    kubernetes: {
      pods: { one: 'pod', other: 'pods' },
    },
  },
  columns: {
    ready: 'Ready',
    readyCount: 'Ready ones',
    node: 'Node',
    owner: 'Owner',
    ownerKind: 'Kind of owner',
    lastRestartAt: 'Last restart',
    containers: 'Containers',
    cpuRequest: 'CPU request',
    memoryRequest: 'Memory request',
    qos: 'Quality of service',
    serviceAccount: 'Service account',
    priorityClass: 'Priority class',
    phase: 'Phase',
    hostIP: 'Address of the node',
    nominatedNode: 'Nominated node',
    readinessGates: 'Readiness gates',
  },
  actions: {
    evict: { title: 'Evict' },
    label: { title: 'Label' },
    annotate: { title: 'Annotate' },
  },
  inputs: {
    label: { name: 'Label', value: 'Value', remove: 'Take it away' },
    annotate: { name: 'Annotation', value: 'Value', remove: 'Take it away' },
  },
  blocked,
  reasons: {
    ...blocked,
    terminating: 'Terminating',
    pending: 'Pending',
    'no-image': 'No image',
    'not-ready': 'Not ready',
    evicted: 'Evicted',
    failed: 'Failed',
    'node-lost': 'Node lost',
    'waits-for-finalizers': 'It is being deleted, and waits until whoever put them there has taken these finalizers away: {names}.',
    'object-misshapen': 'It came in a shape that Portolan does not know.',
    'pod-ends': 'It is given {seconds} s to end by itself before it is killed.',
    'node-silent': 'Its node does not answer.',
    'pod-evicted': 'Its node sent it away.',
    'pod-failed': 'It failed: {why}.',
    'scheduling-gated': 'It waits until these scheduling gates are taken away: {names}.',
    'no-node-takes-it': 'No node takes it.',
    unschedulable:
      'No node of {nodes} takes it.{cpu, plural, =0 {} other { Less CPU than {cores}: #.}}{memory, plural, =0 {} other { Less memory than {mebibytes} MiB: #.}}{pods, plural, =0 {} other { Full of pods: #.}}{tainted, plural, =0 {} other { Tainted: #.}}{cordoned, plural, =0 {} other { Cordoned: #.}}{selector, plural, =0 {} other { Other labels than it asks for: #.}}{spread, plural, =0 {} other { Too near to or too far from other pods: #.}}{ports, plural, =0 {} other { Port taken: #.}}{volumes, plural, =0 {} other { Out of reach of its volumes: #.}}',
    'image-not-pulled': 'The image {image} cannot be pulled ({why}).',
    'container-not-started': '{container} cannot be started ({why}).',
    'container-out-of-memory':
      '{container} ran out of memory{limitMiB, plural, =0 {} other { at its limit of # MiB}} (exit code {exitCode}{restarts, plural, =0 {} one {, restarted once} other {, restarted # times}}).',
    'container-exits':
      '{container} ended with exit code {exitCode}{restarts, plural, =0 {} one {, restarted once} other {, restarted # times}}.',
    'init-container-runs': 'The init container {container} runs; {done} of {all} are done.',
    'containers-not-ready': 'Not ready: {names}.',
    'readiness-gates': 'It waits for the readiness gates {names}.',
    'no-such-container': 'There is no container {container}; there are: {names}.',
    'no-such-taint': 'There is no taint {key}; there are: {names}.',
  },
}
