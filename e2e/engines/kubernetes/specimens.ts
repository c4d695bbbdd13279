import { canary } from '../bench.ts'

const container = { name: 'main', image: 'portolan/busybox:1', command: ['sleep', '100000'] }
const labels = (name: string) => ({ app: name })
const podSpec = { terminationGracePeriodSeconds: 0, containers: [container] }
const template = (name: string) => ({ metadata: { labels: labels(name) }, spec: podSpec })
const selecting = (name: string) => ({ selector: { matchLabels: labels(name) }, template: template(name) })
const job = { template: { spec: { ...podSpec, restartPolicy: 'Never' } } }
const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' }
const subjects = [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'somebody' }]
const hook = {
  name: 'checks.example.com',
  admissionReviewVersions: ['v1'],
  sideEffects: 'None',
  failurePolicy: 'Ignore',
  clientConfig: { url: 'https://127.0.0.1:1/check' },
  rules: [{ apiGroups: ['none.example.com'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['nothing'] }],
}
const matchConstraints = {
  resourceRules: [{ apiGroups: ['none.example.com'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['nothing'] }],
}
const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }]
const storage = { requests: { storage: '1Mi' } }
const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } }

/** A small one of each kind, beside its name: nothing of it starts unless it has to. */
export const specimens: Record<string, (name: string) => object> = {
  'deployments.apps': (name) => ({ spec: { replicas: 0, ...selecting(name) } }),
  'statefulsets.apps': (name) => ({ spec: { replicas: 0, serviceName: name, ...selecting(name) } }),
  'daemonsets.apps': (name) => ({
    spec: { ...selecting(name), template: { ...template(name), spec: { ...podSpec, nodeSelector: { never: 'here' } } } },
  }),
  'replicasets.apps': (name) => ({ spec: { replicas: 0, ...selecting(name) } }),
  replicationcontrollers: (name) => ({ spec: { replicas: 0, selector: labels(name), template: template(name) } }),
  'jobs.batch': () => ({ spec: { suspend: true, ...job } }),
  'cronjobs.batch': () => ({ spec: { schedule: '0 0 1 1 *', jobTemplate: { spec: job } } }),
  pods: () => ({ spec: podSpec }),
  'horizontalpodautoscalers.autoscaling': (name) => ({
    spec: { maxReplicas: 2, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name } },
  }),
  'poddisruptionbudgets.policy': (name) => ({ spec: { minAvailable: 1, selector: { matchLabels: labels(name) } } }),
  nodes: () => ({}),
  namespaces: () => ({}),
  'priorityclasses.scheduling.k8s.io': () => ({ value: 1 }),
  services: () => ({ spec: { ports: [{ port: 80 }] } }),
  'endpointslices.discovery.k8s.io': () => ({ addressType: 'IPv4', endpoints: [] }),
  'ingresses.networking.k8s.io': (name) => ({ spec: { defaultBackend: { service: { name, port: { number: 80 } } } } }),
  'ingressclasses.networking.k8s.io': () => ({ spec: { controller: 'example.com/ingress' } }),
  'networkpolicies.networking.k8s.io': () => ({ spec: { podSelector: {} } }),
  'gateways.gateway.networking.k8s.io': () => ({ spec: { gatewayClassName: 'edge', listeners: [] } }),
  'gatewayclasses.gateway.networking.k8s.io': () => ({ spec: { controllerName: 'example.com/edge' } }),
  'httproutes.gateway.networking.k8s.io': () => ({ spec: { rules: [] } }),
  'grpcroutes.gateway.networking.k8s.io': () => ({ spec: { rules: [] } }),
  persistentvolumeclaims: () => ({ spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'none', resources: storage } }),
  persistentvolumes: () => ({
    spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'none', capacity: { storage: '1Ki' }, hostPath: { path: '/nowhere' } },
  }),
  'storageclasses.storage.k8s.io': () => ({ provisioner: 'example.com/disk' }),
  'volumeattachments.storage.k8s.io': () => ({
    spec: { attacher: 'disk.example.com', nodeName: 'nowhere', source: { persistentVolumeName: 'nothing' } },
  }),
  configmaps: () => ({ data: { colour: 'blue' } }),
  secrets: () => ({
    stringData: { DB_PASSWORD: canary },
    metadata: { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': `{"data":"${canary}"}` } },
  }),
  resourcequotas: () => ({ spec: { hard: { 'count/widgets.example.com': '5' } } }),
  limitranges: () => ({ spec: { limits: [{ type: 'PersistentVolumeClaim', max: { storage: '1Ti' } }] } }),
  serviceaccounts: () => ({}),
  'roles.rbac.authorization.k8s.io': () => ({ rules }),
  'rolebindings.rbac.authorization.k8s.io': () => ({ roleRef, subjects }),
  'clusterroles.rbac.authorization.k8s.io': () => ({ rules }),
  'clusterrolebindings.rbac.authorization.k8s.io': () => ({ roleRef, subjects }),
  'customresourcedefinitions.apiextensions.k8s.io': (name) => {
    const [plural = '', ...group] = name.split('.')
    const versions = [{ name: 'v1', served: true, storage: true, schema }]
    return {
      spec: { group: group.join('.'), scope: 'Namespaced', names: { plural, kind: plural.toUpperCase().replaceAll('-', '') }, versions },
    }
  },
  'apiservices.apiregistration.k8s.io': (name) => {
    const [version, ...group] = name.split('.')
    // Served by the API server itself: one that does not answer would keep namespaces from going.
    return { spec: { version, group: group.join('.'), groupPriorityMinimum: 1, versionPriority: 1 } }
  },
  'leases.coordination.k8s.io': () => ({ spec: { holderIdentity: 'nobody', leaseDurationSeconds: 15 } }),
  'mutatingwebhookconfigurations.admissionregistration.k8s.io': () => ({ webhooks: [hook] }),
  'validatingwebhookconfigurations.admissionregistration.k8s.io': () => ({ webhooks: [hook] }),
  'validatingadmissionpolicies.admissionregistration.k8s.io': () => ({
    spec: { matchConstraints, validations: [{ expression: 'true' }] },
  }),
  'validatingadmissionpolicybindings.admissionregistration.k8s.io': (name) => ({
    spec: { policyName: name, validationActions: ['Audit'] },
  }),
  'mutatingadmissionpolicies.admissionregistration.k8s.io': () => ({
    spec: {
      matchConstraints,
      reinvocationPolicy: 'Never',
      mutations: [{ patchType: 'ApplyConfiguration', applyConfiguration: { expression: 'Object{}' } }],
    },
  }),
  'mutatingadmissionpolicybindings.admissionregistration.k8s.io': (name) => ({ spec: { policyName: name } }),
}
