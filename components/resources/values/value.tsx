'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Ago } from '#components/ui/ago.tsx'
import { Flag } from '#components/ui/flag.tsx'
import { Bytes, Count, NoData } from '#components/ui/numbers.tsx'
import { StateLabel } from '#components/ui/state-glyph.tsx'
import type { Environment } from '#lib/model/environment.ts'
import type { Column } from '#lib/model/kind.ts'
import type { Fact, Row } from '#lib/model/resource.ts'
import { useWords } from '../words.ts'
import { eventOf, fieldOf, hrefOfPort, portsOf, severityOf, textOfPort, unitsOf } from './read.ts'

interface ValueProps {
  row: Row
  column: Pick<Column, 'name' | 'type'>
  environment: Environment | undefined
  /** What is known is old: the state is told as what it was. */
  stale?: boolean
}

/** One value of a row, drawn as its column's type asks for. The name is the list's own affair: it is a link there. */
export function Value({ row, column, environment, stale }: ValueProps): ReactNode {
  const value = fieldOf(row, column.name)
  if (column.type === 'health') return <State row={row} stale={stale} />
  if (column.type === 'environment') return <EnvironmentName environment={environment} />
  if (column.type === 'severity') return <State row={row} />
  if (column.type === 'event') return <Said row={row} />
  if (value === null || value === '' || (Array.isArray(value) && !value.length))
    return <Absent column={column} known={column.name in row.facts} />
  return <Present value={value} column={column} environment={environment} />
}

function Present({ value, column, environment }: { value: NonNullable<Fact> } & Pick<ValueProps, 'column' | 'environment'>) {
  const t = useTranslations('resources.list')
  const words = useWords()
  switch (column.type) {
    case 'number':
      return typeof value === 'number' ? <Count value={value} digits={2} /> : String(value)
    case 'bytes':
      return typeof value === 'number' ? <Bytes value={value} units={unitsOf(column.name)} /> : String(value)
    case 'instant':
      return <Ago at={String(value)} />
    case 'boolean':
      return value === true ? t('yes') : t('no')
    case 'kind':
      return words.kindNamed(String(value))
    case 'ports':
      return <Ports fact={value} environment={environment} />
    case 'mono':
      return <MachineText>{String(value)}</MachineText>
    case 'link':
      return <WebLink href={String(value)}>{String(value)}</WebLink>
    default:
      return <Several texts={Array.isArray(value) ? value.map(String) : [String(value)]} />
  }
}

/** Nothing in a column of words, or null by the engine's word, is a fact; a figure that nobody told is missing. */
function Absent({ column, known }: Pick<ValueProps, 'column'> & { known: boolean }) {
  const words = useWords()
  if (!known && (column.type === 'number' || column.type === 'bytes')) return <NoData />
  return <span className="text-ink-3">{words.absent(column.name) ?? '–'}</span>
}

export function State({ row, stale }: { row: Row; stale?: boolean }) {
  const t = useTranslations('resources.list')
  const words = useWords()
  const state = words.state(row)
  // What happened, happened: an event is never "was".
  if (severityOf(row)) return <StateLabel health={row.health}>{state}</StateLabel>
  const said = stale ? t('wasState', { state: state.toLocaleLowerCase() }) : state
  return (
    <span className="flex min-w-0" title={row.reason ? `${said}. ${words.reason(row.reason)}` : said}>
      <StateLabel health={row.health} stale={stale}>
        {said}
      </StateLabel>
    </span>
  )
}

/** What an event says as a sentence, and the engine's own word for it, by which it can be looked up. */
function Said({ row }: { row: Row }) {
  const words = useWords()
  const event = eventOf(row)
  if (!event) return null
  const said = words.event(event, '')
  return (
    <span className="flex min-w-0 items-baseline gap-2" title={`${said} · ${event.action}`}>
      <span className="truncate first-letter:uppercase">{said}</span>
      <code className="flex-none font-mono text-xs text-ink-3">{event.action}</code>
    </span>
  )
}

export const EnvironmentName = ({ environment }: { environment: Environment | undefined }) =>
  environment ? (
    <span className="flex min-w-0 items-center gap-1.5">
      <Flag flag={environment.flag} size={15} quiet />
      <span className="truncate">{environment.name}</span>
    </span>
  ) : (
    <Absent column={{ name: 'environment', type: 'environment' }} known />
  )

const tailLength = 14

/** A path or a digest: too long, it is cut in the middle, because both of its ends tell it from others. */
const MachineText = ({ children }: { children: string }) => (
  <code className="flex min-w-0 font-mono text-xs whitespace-pre" title={children}>
    <span className="truncate">{children.slice(0, -tailLength)}</span>
    <span className="flex-none">{children.slice(-tailLength)}</span>
  </code>
)

function Several({ texts }: { texts: readonly string[] }) {
  return (
    <span title={texts.join('\n')} className="truncate">
      {texts.slice(0, 3).join(', ')}
      {texts.length > 3 && <span className="text-ink-3"> +{texts.length - 3}</span>}
    </span>
  )
}

/** Published ports are links, the others words. */
export function Ports({ fact, environment, all }: { fact: Fact; environment: Environment | undefined; all?: boolean }) {
  const ports = portsOf(fact)
  const shown = all ? ports : ports.slice(0, 2)
  return (
    <span className={all ? 'flex flex-wrap gap-x-3 gap-y-1' : 'truncate'} title={ports.map(textOfPort).join('\n')}>
      {shown.map((port, i) => {
        const href = environment && hrefOfPort(port, environment.address)
        const text = textOfPort(port)
        return (
          <span key={i} className="tabular-nums">
            {i > 0 && !all && ', '}
            {href ? <WebLink href={href}>{text}</WebLink> : text}
          </span>
        )
      })}
      {shown.length < ports.length && <span className="text-ink-3"> +{ports.length - shown.length}</span>}
    </span>
  )
}

/** Only what is plainly a web address becomes a link. */
function WebLink({ href, children }: { href: string; children: ReactNode }) {
  if (!/^https?:\/\//i.test(href)) return children
  return (
    <a href={href} target="_blank" rel="noreferrer" className="text-accent hover:underline" onClick={(event) => event.stopPropagation()}>
      {children}
    </a>
  )
}
