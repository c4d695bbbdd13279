/** How an activity ended, or that it has not yet. */
export const outcomes = ['running', 'succeeded', 'failed', 'interrupted'] as const
/** Whose doing a change was: a person's through Portolan, or nobody's that Portolan knows. */
export const changeSources = ['people', 'itself'] as const
