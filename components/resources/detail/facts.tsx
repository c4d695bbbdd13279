'use client'

import { useTranslations } from 'next-intl'
import { CopyButton } from '#components/ui/name.tsx'
import type { Environment } from '#lib/model/environment.ts'
import type { KindDescription } from '#lib/model/kind.ts'
import type { Row } from '#lib/model/resource.ts'
import { doesNotApply, fieldOf } from '../values/read.ts'
import { Ports, Value } from '../values/value.tsx'
import { useWords } from '../words.ts'
import { Section } from './section.tsx'

/** Every other value of its columns, for who looks for one. */
export function Facts({ row, kind, environment }: { row: Row; kind: KindDescription; environment: Environment | undefined }) {
  const t = useTranslations('resources.detail')
  const words = useWords()
  const columns = kind.columns
    .filter((c) => c.type !== 'name' && c.type !== 'health' && !kind.keyFacts.includes(c.name))
    .filter((c) => words.absent(c.name) !== null || !doesNotApply(row, c.name))
  return (
    <Section title={t('facts')}>
      <dl className="text-sm">
        {columns.map((column) => (
          <Pair key={column.name} name={words.column(column.name)}>
            {column.type === 'mono' && typeof fieldOf(row, column.name) === 'string' ? (
              <MachineText text={String(fieldOf(row, column.name))} />
            ) : (
              <Value row={row} column={column} environment={environment} />
            )}
          </Pair>
        ))}
        <Pair name={t('uid')}>
          <MachineText text={row.uid} />
        </Pair>
      </dl>
    </Section>
  )
}

/** What a machine wrote, in full up to four lines, and to be copied. */
const MachineText = ({ text }: { text: string }) => (
  <>
    <code title={text} className="line-clamp-4 min-w-0 flex-1 font-mono text-xs wrap-anywhere">
      {text}
    </code>
    <CopyButton text={text} className="self-start" />
  </>
)

const Pair = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div className="flex min-h-7 items-center gap-2.5 border-t border-line first:border-t-0">
    <dt className="w-32 flex-none truncate text-xs text-ink-3">{name}</dt>
    <dd className="flex min-w-0 flex-1 items-center py-0.5 text-ink-2">{children}</dd>
  </div>
)

/** Published ports as links to where they answer. */
export function PublishedPorts({ row, kind, environment }: { row: Row; kind: KindDescription; environment: Environment | undefined }) {
  const t = useTranslations('resources.detail')
  const column = kind.columns.find((c) => c.type === 'ports')
  const fact = column && fieldOf(row, column.name)
  if (!Array.isArray(fact) || !fact.length) return null
  return (
    <Section title={t('ports')}>
      <div className="py-1 text-sm">
        <Ports fact={fact} environment={environment} all />
      </div>
    </Section>
  )
}

export function Labels({ labels }: { labels: Record<string, string> }) {
  const t = useTranslations('resources.detail')
  const entries = Object.entries(labels)
  return (
    <Section title={t('labels')}>
      {!entries.length && <p className="text-sm text-ink-3">{t('labelsNone')}</p>}
      <ul className="text-xs">
        {entries.map(([name, value]) => (
          <li key={name} className="border-t border-line py-1 font-mono break-all first:border-t-0">
            <span className="text-ink-3">{name}</span>
            {value && <span className="text-ink-2"> = {value}</span>}
          </li>
        ))}
      </ul>
    </Section>
  )
}
