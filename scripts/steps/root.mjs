import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of this checkout. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

/** The Node that Portolan brings; the machine's own may be older and only starts the scripts. */
export const node = join(root, 'node_modules/node/bin/node')

/** A tool of node_modules, by its package's own file: .bin is only a link to it. */
export const tool = (path) => join(root, 'node_modules', path)
