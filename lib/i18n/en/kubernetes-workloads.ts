export default {
  reasons: {
    terminating: 'Terminating',
    'waits-for-finalizers': 'It is being deleted, and waits until whoever put them there has taken these finalizers away: {names}.',
  },
}
