export default {
  kinds: { kubernetes: { configmaps: { one: 'configmap', other: 'configmaps' } } },
  columns: { namespace: 'Namespace', keys: 'Keys', bytes: 'Size', immutable: 'Immutable' },
  inputs: {
    remove: {
      dependents: 'What it owns',
      dependentsHelp: 'Background: deleted after it. Foreground: before it. Orphan: left alone.',
    },
  },
  reasons: { exists: 'Exists' },
}
