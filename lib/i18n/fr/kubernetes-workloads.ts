import type en from '../en/kubernetes-workloads.ts'
import type { Translated } from '../shape.ts'

export default {
  reasons: {
    terminating: 'Suppression',
    'waits-for-finalizers': 'En cours de suppression ; attend que ces finaliseurs soient retirés par ceux qui les ont posés : {names}.',
  },
} satisfies Translated<typeof en>
