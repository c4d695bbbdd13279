import { watch } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.mjs'
import { say } from './say.mjs'

const settleMs = 300
// Next reloads what pages use; what server.ts and sync.ts import themselves needs a new process.
const concerns = {
  web: /^(?:live|http|supervised|log|settings)\b/,
  sync: /^(?:sync|inventory|engines|database|access|model|errors|supervised|log|settings)\b/,
}

/** For `npm run dev`: starts a program again when a source of its own changed. */
export function watchSources(programs) {
  const changed = new Set()
  let timer = null
  watch(join(root, 'lib'), { recursive: true }, (_event, file) => {
    if (!file || /\.test\.tsx?$|generated/.test(file) || !/\.tsx?$/.test(file)) return
    for (const [name, pattern] of Object.entries(concerns)) if (pattern.test(file)) changed.add(name)
    clearTimeout(timer)
    timer = setTimeout(() => {
      for (const name of changed) {
        say(`↻ ${name}: sources changed`)
        void programs[name].restart()
      }
      changed.clear()
    }, settleMs)
  })
}
