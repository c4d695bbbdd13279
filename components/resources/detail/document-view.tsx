'use client'

import { ChevronDown, ChevronRight } from 'lucide-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useTranslations } from 'next-intl'
import { useMemo, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { cn } from '#components/ui/cn.ts'
import { CopyButton } from '#components/ui/name.tsx'
import type { Document } from '#lib/model/resource.ts'
import { Find } from './find.tsx'
import { foundLines, initiallyClosed, linesOf, openLines, type TreeLine } from './json-tree.ts'

/** The engine's own JSON as a tree: branches open and close, names and values can be searched. */
export function DocumentView({ document }: { document: Document }) {
  const t = useTranslations('resources.detail')
  const lines = useMemo(() => linesOf(document), [document])
  const [closed, setClosed] = useState<ReadonlySet<string>>(() => initiallyClosed(lines))
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
        <CopyButton text={JSON.stringify(document, null, 2)} />
      </div>
      <Tree lines={shown} closed={found ? new Set() : closed} search={search.trim()} onToggle={toggle} />
      <p className="text-xs text-ink-3">{t('secrets')}</p>
    </div>
  )
}

interface TreeProps {
  lines: readonly TreeLine[]
  closed: ReadonlySet<string>
  search: string
  onToggle(path: string): void
}

const lineHeight = 22

function Tree({ lines, closed, search, onToggle }: TreeProps) {
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
              style={{ transform: `translateY(${start}px)`, paddingLeft: 12 + line.depth * 16 }}
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

function Line({ line, open, search, onToggle }: { line: TreeLine; open: boolean; search: string; onToggle(path: string): void }) {
  const hit = search !== '' && `${line.name}\n${line.value ?? ''}`.toLowerCase().includes(search.toLowerCase())
  const Chevron = open ? ChevronDown : ChevronRight
  const name = <span className="text-ink-2">{line.name}</span>
  if (line.value !== null)
    return (
      <span className={cn('pr-4 pl-4', hit && 'bg-warn-wash')}>
        {name}: <span className={tones[line.type]}>{line.type === 'string' ? JSON.stringify(line.value) : line.value}</span>
      </span>
    )
  return (
    <button
      type="button"
      aria-expanded={open}
      className={cn('flex items-center pr-4 focus-visible:-outline-offset-2', hit && 'bg-warn-wash')}
      onClick={() => onToggle(line.path)}
    >
      <Chevron aria-hidden className="size-3.5 flex-none text-ink-3" strokeWidth={1.6} />
      {name}
      <span className="pl-2 text-ink-3">{line.type === 'array' ? `[${line.size}]` : `{${line.size}}`}</span>
    </button>
  )
}
