/** The seven states of health, worst first; the position is the rank that the inventory stores and sorts by. */
export const healths = ['failing', 'degraded', 'unknown', 'moving', 'healthy', 'stopped', 'completed'] as const
export type Health = (typeof healths)[number]

export const rankOf = (health: Health): number => healths.indexOf(health)
export const isProblem = (health: Health): boolean => health === 'failing' || health === 'degraded'
