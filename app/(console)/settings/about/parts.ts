import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Part } from '#components/settings/about.tsx'
import packageJson from '#root/package.json' with { type: 'json' }

/** What Portolan is built with, as each says of itself; what is not installed here is left out. */
export async function readParts(): Promise<Part[]> {
  // Types alone are not part of what runs.
  const names = Object.keys(packageJson.dependencies).filter((name) => !name.startsWith('@types/'))
  const parts = await Promise.all(names.map(readPart))
  return parts.filter((part) => part !== null)
}

async function readPart(name: string): Promise<Part | null> {
  try {
    const { version, license } = JSON.parse(await readFile(join(process.cwd(), 'node_modules', name, 'package.json'), 'utf8')) as Record<
      string,
      unknown
    >
    return { name, version: String(version), licence: typeof license === 'string' ? license : '–' }
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw failure
  }
}
