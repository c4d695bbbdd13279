import type en from '../en/kubernetes-workloads.ts'
import type { Translated } from '../shape.ts'

const blocked = {
  'rollout-paused': 'Son déploiement est en pause : relancez-le d’abord.',
  'already-suspended': 'Il est déjà suspendu.',
  'not-suspended': 'Il n’est pas suspendu.',
  'already-cordoned': 'Il est déjà isolé.',
  'not-cordoned': 'Il n’est pas isolé.',
}

export default {
  kinds: {
    kubernetes: {
      pods: { one: 'pod', other: 'pods' },
    },
  },
  columns: {
    ready: 'Prêts',
    readyCount: 'Nombre prêts',
    node: 'Nœud',
    owner: 'Propriétaire',
    ownerKind: 'Sorte de propriétaire',
    lastRestartAt: 'Dernier redémarrage',
    containers: 'Conteneurs',
    cpuRequest: 'CPU demandé',
    memoryRequest: 'Mémoire demandée',
    qos: 'Qualité de service',
    serviceAccount: 'Compte de service',
    priorityClass: 'Classe de priorité',
    phase: 'Phase',
    hostIP: 'Adresse du nœud',
    nominatedNode: 'Nœud pressenti',
    readinessGates: 'Conditions de disponibilité',
  },
  actions: {
    evict: { title: 'Évincer' },
    label: { title: 'Étiqueter' },
    annotate: { title: 'Annoter' },
  },
  inputs: {
    label: { name: 'Étiquette', value: 'Valeur', remove: 'La retirer' },
    annotate: { name: 'Annotation', value: 'Valeur', remove: 'La retirer' },
  },
  blocked,
  reasons: {
    ...blocked,
    terminating: 'Suppression',
    pending: 'En attente',
    'no-image': 'Sans image',
    'not-ready': 'Pas prêt',
    evicted: 'Évincé',
    failed: 'Échec',
    'node-lost': 'Nœud perdu',
    'waits-for-finalizers': 'En cours de suppression ; attend que ces finaliseurs soient retirés par ceux qui les ont posés : {names}.',
    'object-misshapen': 'Sa forme est inconnue de Portolan.',
    'pod-ends': 'Il a {seconds} s pour finir de lui-même avant d’être tué.',
    'node-silent': 'Son nœud ne répond pas.',
    'pod-evicted': 'Son nœud l’a renvoyé.',
    'pod-failed': 'Il a échoué : {why}.',
    'scheduling-gated': 'Il attend que ces verrous de placement soient levés : {names}.',
    'no-node-takes-it': 'Aucun nœud ne le prend.',
    unschedulable:
      'Aucun nœud sur {nodes} ne le prend.{cpu, plural, =0 {} other { CPU inférieur à {cores} : #.}}{memory, plural, =0 {} other { Mémoire inférieure à {mebibytes} Mio : #.}}{pods, plural, =0 {} other { Pleins de pods : #.}}{tainted, plural, =0 {} other { Teintés : #.}}{cordoned, plural, =0 {} other { Isolés : #.}}{selector, plural, =0 {} other { Sans les étiquettes demandées : #.}}{spread, plural, =0 {} other { Trop près ou trop loin d’autres pods : #.}}{ports, plural, =0 {} other { Port occupé : #.}}{volumes, plural, =0 {} other { Hors de portée de ses volumes : #.}}',
    'image-not-pulled': 'L’image {image} ne peut pas être tirée ({why}).',
    'container-not-started': '{container} ne peut pas être démarré ({why}).',
    'container-out-of-memory':
      '{container} a manqué de mémoire{limitMiB, plural, =0 {} other { à sa limite de # Mio}} (code de sortie {exitCode}{restarts, plural, =0 {} one {, relancé # fois} other {, relancé # fois}}).',
    'container-exits':
      '{container} a fini avec le code de sortie {exitCode}{restarts, plural, =0 {} one {, relancé # fois} other {, relancé # fois}}.',
    'init-container-runs': 'Le conteneur d’initialisation {container} tourne ; {done} sur {all} ont fini.',
    'containers-not-ready': 'Pas prêts : {names}.',
    'readiness-gates': 'Il attend les conditions de disponibilité {names}.',
    'no-such-container': 'Il n’y a pas de conteneur {container} ; il y a : {names}.',
    'no-such-taint': 'Il n’y a pas de teinte {key} ; il y a : {names}.',
  },
} satisfies Translated<typeof en>
