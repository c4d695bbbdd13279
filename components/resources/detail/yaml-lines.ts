import type { Document } from '#lib/model/resource.ts'
import type { TreeLine } from './json-tree.ts'

/** A document as YAML. The library comes with the first document that is shown so. */
export async function yamlOf(document: Document): Promise<string> {
  const { stringify } = await import('yaml')
  return stringify(document, { lineWidth: 0, aliasDuplicateObjects: false })
}

const indentOf = (text: string): number => text.length - text.trimStart().length

/** The lines of a YAML text; what stands deeper below a line can be folded into it. Its `name` is the line itself. */
export function linesOfYaml(yaml: string): TreeLine[] {
  const texts = yaml.replace(/\n$/, '').split('\n')
  const open: { indent: number; line: TreeLine }[] = []
  return texts.map((text, number) => {
    // An empty line belongs to the text around it.
    const indent = text === '' ? (open.at(-1)?.indent ?? 0) + 1 : indentOf(text)
    while (open.length > 0 && open.at(-1)!.indent >= indent) open.pop()
    const above = open.at(-1)?.line
    const line: TreeLine = { path: `${above?.path ?? ''}/${number}`, name: text, depth: open.length, value: '', type: 'string', size: 0 }
    if (above) {
      above.size++
      above.value = null
      above.type = 'object'
    }
    if (text !== '') open.push({ indent, line })
    return line
  })
}
