'use client'

import { ChevronDown, ChevronRight } from 'lucide-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useTranslations } from 'next-intl'
import { useMemo, useRef, useState, type ComponentType } from 'react'
import { Button } from '#components/ui/button.tsx'
import { cn } from '#components/ui/cn.ts'
import { CopyButton } from '#components/ui/name.tsx'
import type { Document } from '#lib/model/resource.ts'
import { Find } from './find.tsx'
import { foundLines, initiallyClosed, linesOf, openLines, type TreeLine } from './json-tree.ts'
import { linesOfYaml } from './yaml-lines.ts'

/** The engine's own JSON as a tree: branches open and close, names and values can be searched. */
export function DocumentView({ document }: { document: Document }) {
  const lines = useMemo(() => linesOf(document), [document])
  return <Lines lines={lines} begin={initiallyClosed(lines)} text={JSON.stringify(document, null, 2)} Line={JsonLine} />
}

/** The same as YAML, for engines whose tools speak it. */
export function YamlView({ yaml }: { yaml: string }) {
  const lines = useMemo(() => linesOfYaml(yaml), [yaml])
  return <Lines lines={lines} begin={new Set()} text={yaml} Line={YamlLine} />
}

interface LinesProps {
  lines: readonly TreeLine[]
  /** What is closed to begin with. */
  begin: ReadonlySet<string>
  /** What is copied. */
  text: string
  Line: ComponentType<LineProps>
}

function Lines({ lines, begin, text, Line }: LinesProps) {
  const t = useTranslations('resources.detail')
  const [closed, setClosed] = useState(begin)
  const [search, setSearch] = useState('')
  const found = useMemo(() => (search.trim() ? foundLines(lines, search.trim()) : null), [lines, search])
  const shown = useMemo(() => found?.lines ?? openLines(lines, closed), [found, lines, closed])
  const toggle = (path: string) => {
    const next = new Set(closed)
    if (!next.delete(path)) next.add(path)
    setClosed(next)
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <Find label={t('documentSearch')} value={search} onChange={setSearch} />
        {found && (
          <span role="status" className="text-xs text-ink-3 tabular-nums">
            {t('documentFound', { count: found.count })}
          </span>
        )}
        <span className="flex-1" />
        <Button variant="quiet" size={24} onClick={() => setClosed(new Set())}>
          {t('documentOpen')}
        </Button>
        <Button variant="quiet" size={24} onClick={() => setClosed(initiallyClosed(lines, 0))}>
          {t('documentClose')}
        </Button>
        <CopyButton text={text} />
      </div>
      <Tree lines={shown} closed={found ? new Set() : closed} search={search.trim()} Line={Line} onToggle={toggle} />
      <p className="text-xs text-ink-3">{t('secrets')}</p>
    </div>
  )
}

interface TreeProps {
  lines: readonly TreeLine[]
  closed: ReadonlySet<string>
  search: string
  Line: ComponentType<LineProps>
  onToggle(path: string): void
}

interface LineProps {
  line: TreeLine
  open: boolean
  search: string
  onToggle(path: string): void
}

const lineHeight = 22

function Tree({ lines, closed, search, Line, onToggle }: TreeProps) {
  const t = useTranslations('resources.detail')
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 20,
  })
  return (
    <div
      ref={scroller}
      tabIndex={0}
      role="group"
      aria-label={t('tabs.document')}
      className="max-h-[60vh] min-h-40 flex-1 overflow-auto rounded-lg border border-line bg-sunken py-1 font-mono text-xs"
    >
      <div className="relative w-max min-w-full" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const line = lines[index]!
          return (
            <div
              key={line.path}
              className="absolute top-0 left-0 flex h-5.5 items-center whitespace-pre hover:bg-hover"
              style={{ transform: `translateY(${start}px)` }}
            >
              <Line line={line} open={!closed.has(line.path)} search={search} onToggle={onToggle} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

const tones: Record<TreeLine['type'], string> = {
  string: 'text-ink',
  number: 'text-s1',
  boolean: 'text-busy',
  null: 'text-ink-3',
  object: 'text-ink-3',
  array: 'text-ink-3',
}

/** A line of YAML: its name, up to the colon, stands back. */
function YamlLine({ line, open, search, onToggle }: LineProps) {
  const [, name = '', value = line.name] = /^(\s*(?:- )*(?:"[^"]*"|[^\s"'|>#][^:#]*):)(?=\s|$)(.*)$/.exec(line.name) ?? []
  const hit = search !== '' && line.name.toLowerCase().includes(search.toLowerCase())
  const Chevron = open ? ChevronDown : ChevronRight
  const text = (
    <>
      <span className="text-ink-2">{name}</span>
      {value}
    </>
  )
  if (line.value !== null) return <span className={cn('pr-4 pl-7', hit && 'bg-warn-wash')}>{text}</span>
  return (
    <button
      type="button"
      aria-expanded={open}
      className={cn('flex items-center gap-0.5 pr-4 pl-3 whitespace-pre focus-visible:-outline-offset-2', hit && 'bg-warn-wash')}
      onClick={() => onToggle(line.path)}
    >
      <Chevron aria-hidden className="size-3.5 flex-none text-ink-3" strokeWidth={1.6} />
      <span>{text}</span>
      {!open && <span className="pl-2 text-ink-3">…</span>}
    </button>
  )
}

function JsonLine({ line, open, search, onToggle }: LineProps) {
  const indent = { paddingLeft: 12 + line.depth * 16 }
  const hit = search !== '' && `${line.name}\n${line.value ?? ''}`.toLowerCase().includes(search.toLowerCase())
  const Chevron = open ? ChevronDown : ChevronRight
  const name = <span className="text-ink-2">{line.name}</span>
  if (line.value !== null)
    return (
      <span className={cn('pr-4', hit && 'bg-warn-wash')} style={{ paddingLeft: indent.paddingLeft + 16 }}>
        {name}: <span className={tones[line.type]}>{line.type === 'string' ? JSON.stringify(line.value) : line.value}</span>
      </span>
    )
  return (
    <button
      type="button"
      aria-expanded={open}
      className={cn('flex items-center pr-4 focus-visible:-outline-offset-2', hit && 'bg-warn-wash')}
      style={indent}
      onClick={() => onToggle(line.path)}
    >
      <Chevron aria-hidden className="size-3.5 flex-none text-ink-3" strokeWidth={1.6} />
      {name}
      <span className="pl-2 text-ink-3">{line.type === 'array' ? `[${line.size}]` : `{${line.size}}`}</span>
    </button>
  )
}
