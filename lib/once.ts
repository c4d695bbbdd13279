const registry = Symbol.for('portolan.once')
type Registry = Map<string, unknown>

/**
 * One of each per process. server.ts runs sources while Next bundles its own copy of lib/, so a module variable
 * exists twice; what is made here exists once, on globalThis.
 */
export function once<T>(name: string, make: () => T): T {
  const holder = globalThis as { [registry]?: Registry }
  const made = (holder[registry] ??= new Map())
  if (!made.has(name)) made.set(name, make())
  return made.get(name) as T
}
