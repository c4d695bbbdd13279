/**
 * What a backup holds, in the order in which it can be put back, and what it leaves out. A test holds that every table
 * of the database is in one of the two.
 */
export const kept = ['installation', 'users', 'environments', 'role_bindings', 'tokens', 'activities'] as const

/** Rows of a kept table that belong to one database and not to what people did. */
export const keptRows: Partial<Record<string, string>> = {
  // Which keys this database was used with: the one that is restored into has its own.
  installation: `name <> 'secret-keys'`,
}

/** Columns of kept tables that hold what was sealed by lib/access/secrets.ts. */
export const sealed = [{ table: 'environments', column: 'secrets' }] as const

export const leftOut: Record<string, string> = {
  sessions: 'everybody signs in again',
  oidc_sessions: 'end with the sessions',
  one_time_links: 'work once, and only with the installation that made them',
  leases: 'who follows what; the fences of the database that is restored into go on',
  syncs: 'which syncs run',
  terminals: 'end with the process that holds them',
  login_limits: 'attempts to sign in of the last minutes',
  resources: 'inventory, read from the engines again',
  documents: 'inventory',
  search: 'inventory',
  counts: 'inventory',
  cursors: 'inventory',
  events: 'history',
  changes: 'history',
  _prisma_migrations: 'made by the migrations',
}
