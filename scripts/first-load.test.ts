import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

/** What a file runs as soon as it is loaded: imports of types and `import()` are not among it. */
function importsOf(file: string): string[] {
  const statements = readFileSync(file, 'utf8').matchAll(/^(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm)
  return [...statements].map(([, specifier]) => specifier!)
}

function resolve(specifier: string, from: string): string | null {
  if (specifier.startsWith('#')) return join(root, specifier.slice(1).replace(/^root\//, ''))
  return specifier.startsWith('.') ? join(dirname(from), specifier) : null
}

/** Packages that these files bring with them, each with the way to it. */
function packagesOf(files: readonly string[]): Map<string, string> {
  const packages = new Map<string, string>()
  const seen = new Set<string>()
  const waiting = files.map((file) => ({ file: join(root, file), way: file }))
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (seen.has(next.file)) continue
    seen.add(next.file)
    for (const specifier of importsOf(next.file)) {
      const way = `${next.way} → ${specifier}`
      const file = resolve(specifier, next.file)
      if (!file) packages.set(specifier, way)
      else if (/\.tsx?$/.test(file) && existsSync(file)) waiting.push({ file, way })
    }
  }
  return packages
}

const filesOf = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .map((name) => `${folder}/${name}`)

// Schemas are checked on the server; only the form of an environment checks as one types.
test.each(['ui', 'shell', 'resources', 'dock', 'charts', 'home', 'changes', 'settings', 'states', 'entry'])(
  'components/%s brings no schema into the browser',
  (area) => {
    expect(packagesOf(filesOf(`components/${area}`)).get('zod')).toBeUndefined()
  },
)

// It comes with every page, in a file of its own: what it brings is brought once more.
test.each(['next/link', 'lucide-react', 'class-variance-authority', 'tailwind-merge'])(
  'the page that says it failed is without %s',
  (name) => {
    const packages = packagesOf(['app/error.tsx'])
    expect(packages.has('next-intl'), 'the walk finds what is there').toBe(true)
    expect(packages.get(name)).toBeUndefined()
  },
)

test.each(['recharts', 'cmdk', '@base-ui/react/toast', '@base-ui/react/dialog', 'react-hook-form', 'next-auth/react'])(
  'the first load of a list is without %s',
  (name) => {
    const packages = packagesOf(['app/providers.tsx', 'components/shell/console-shell.tsx', 'components/resources/list/resource-list.tsx'])
    expect(packages.has('@tanstack/react-query'), 'the walk finds what is there').toBe(true)
    expect(packages.get(name)).toBeUndefined()
  },
)
