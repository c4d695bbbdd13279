/** Under which kinds stand together where an engine has too many for one list. Without zod: the rail comes with every page. */
export const sections = ['workloads', 'network', 'storage', 'config', 'access', 'cluster'] as const
export type Section = (typeof sections)[number]
