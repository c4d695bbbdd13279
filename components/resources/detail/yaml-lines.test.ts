import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { foundLines, openLines } from './json-tree.ts'
import { linesOfYaml, yamlOf } from './yaml-lines.ts'

const document = {
  kind: 'ConfigMap',
  metadata: { name: 'web', labels: { app: 'web' } },
  data: { 'nginx.conf': 'server {\n\n  listen 80;\n}\n', empty: '' },
  list: [{ name: 'a', value: '1' }, { name: 'b' }],
}

test('what is copied is the document', async () => expect(parse(await yamlOf(document))).toEqual(document))

test('what stands deeper is folded into the line above it, and nothing else', async () => {
  const lines = linesOfYaml(await yamlOf(document))
  const closed = new Set(lines.filter(({ depth, value }) => depth === 0 && value === null).map(({ path }) => path))
  expect(openLines(lines, closed).map(({ name }) => name)).toEqual(['kind: ConfigMap', 'metadata:', 'data:', 'list:'])
  const inner = lines.find(({ name }) => name.includes('nginx.conf'))!
  expect(inner).toMatchObject({ depth: 1, value: null, size: 2 })
  const items = lines.filter(({ name }) => name.startsWith('  - '))
  expect(items.map(({ name, size }) => [name, size])).toEqual([
    ['  - name: a', 1],
    ['  - name: b', 0],
  ])
  expect(openLines(lines, new Set([items[0]!.path])).map(({ name }) => name)).not.toContain('    value: "1"')
})

test('what is found is shown with the lines that lead there', async () => {
  const { lines, count } = foundLines(linesOfYaml(await yamlOf(document)), 'LISTEN')
  expect([count, lines.map(({ name }) => name)]).toEqual([1, ['data:', '  nginx.conf: |', '    server {', '      listen 80;']])
})
