import type { KubernetesKind } from '../kind.ts'
import { apiservices } from './apiservices.apiregistration.k8s.io.ts'
import { clusterrolebindings } from './clusterrolebindings.rbac.authorization.k8s.io.ts'
import { clusterroles } from './clusterroles.rbac.authorization.k8s.io.ts'
import { configmaps } from './configmaps.ts'
import { cronjobs } from './cronjobs.batch.ts'
import { customresourcedefinitions } from './customresourcedefinitions.apiextensions.k8s.io.ts'
import { daemonsets } from './daemonsets.apps.ts'
import { deployments } from './deployments.apps.ts'
import { endpointslices } from './endpointslices.discovery.k8s.io.ts'
import { events } from './events.ts'
import { gatewayclasses } from './gatewayclasses.gateway.networking.k8s.io.ts'
import { gateways } from './gateways.gateway.networking.k8s.io.ts'
import { grpcroutes } from './grpcroutes.gateway.networking.k8s.io.ts'
import { horizontalpodautoscalers } from './horizontalpodautoscalers.autoscaling.ts'
import { httproutes } from './httproutes.gateway.networking.k8s.io.ts'
import { ingressclasses } from './ingressclasses.networking.k8s.io.ts'
import { ingresses } from './ingresses.networking.k8s.io.ts'
import { jobs } from './jobs.batch.ts'
import { leases } from './leases.coordination.k8s.io.ts'
import { limitranges } from './limitranges.ts'
import { mutatingadmissionpolicies } from './mutatingadmissionpolicies.admissionregistration.k8s.io.ts'
import { mutatingadmissionpolicybindings } from './mutatingadmissionpolicybindings.admissionregistration.k8s.io.ts'
import { mutatingwebhookconfigurations } from './mutatingwebhookconfigurations.admissionregistration.k8s.io.ts'
import { namespaces } from './namespaces.ts'
import { networkpolicies } from './networkpolicies.networking.k8s.io.ts'
import { nodes } from './nodes.ts'
import { persistentvolumeclaims } from './persistentvolumeclaims.ts'
import { persistentvolumes } from './persistentvolumes.ts'
import { poddisruptionbudgets } from './poddisruptionbudgets.policy.ts'
import { pods } from './pods.ts'
import { priorityclasses } from './priorityclasses.scheduling.k8s.io.ts'
import { replicasets } from './replicasets.apps.ts'
import { replicationcontrollers } from './replicationcontrollers.ts'
import { resourcequotas } from './resourcequotas.ts'
import { rolebindings } from './rolebindings.rbac.authorization.k8s.io.ts'
import { roles } from './roles.rbac.authorization.k8s.io.ts'
import { secrets } from './secrets.ts'
import { serviceaccounts } from './serviceaccounts.ts'
import { services } from './services.ts'
import { statefulsets } from './statefulsets.apps.ts'
import { storageclasses } from './storageclasses.storage.k8s.io.ts'
import { validatingadmissionpolicies } from './validatingadmissionpolicies.admissionregistration.k8s.io.ts'
import { validatingadmissionpolicybindings } from './validatingadmissionpolicybindings.admissionregistration.k8s.io.ts'
import { validatingwebhookconfigurations } from './validatingwebhookconfigurations.admissionregistration.k8s.io.ts'
import { volumeattachments } from './volumeattachments.storage.k8s.io.ts'

/** What runs, and what makes it run. */
const workloads: readonly KubernetesKind[] = [
  pods,
  deployments,
  statefulsets,
  daemonsets,
  replicasets,
  jobs,
  cronjobs,
  replicationcontrollers,
  horizontalpodautoscalers,
  poddisruptionbudgets,
  nodes,
  namespaces,
  priorityclasses,
  events,
]

/** What it is configured by, reached by, kept in and allowed by. */
const surroundings: readonly KubernetesKind[] = [
  services,
  endpointslices,
  ingresses,
  ingressclasses,
  networkpolicies,
  gateways,
  gatewayclasses,
  httproutes,
  grpcroutes,
  persistentvolumeclaims,
  persistentvolumes,
  storageclasses,
  volumeattachments,
  configmaps,
  secrets,
  resourcequotas,
  limitranges,
  serviceaccounts,
  roles,
  rolebindings,
  clusterroles,
  clusterrolebindings,
  customresourcedefinitions,
  apiservices,
  leases,
  mutatingwebhookconfigurations,
  validatingwebhookconfigurations,
  validatingadmissionpolicies,
  validatingadmissionpolicybindings,
  mutatingadmissionpolicies,
  mutatingadmissionpolicybindings,
]

/** Every kind that Portolan knows by itself. To add one: its file and its name here. */
export const kinds: readonly KubernetesKind[] = [...workloads, ...surroundings]
