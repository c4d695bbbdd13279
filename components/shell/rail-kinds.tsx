'use client'

import { ChevronDown, ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { useWords } from '#components/resources/words.ts'
import { cn } from '#components/ui/cn.ts'
import { formatNumber } from '#components/ui/format.ts'
import { useUi } from '#components/ui/provider.tsx'
import { useLive } from '#lib/client/index.ts'
import type { Environment } from '#lib/model/environment.ts'
import type { ResourceHead } from '#lib/model/inventory.ts'
import type { KindDescription } from '#lib/model/kind.ts'
import type { Row } from '#lib/model/resource.ts'
import { sections, type Section } from '#lib/model/section.ts'
import { useConsole } from './console-context.tsx'
import { KindIcon } from './kind-icon.tsx'
import { kindPath, shortName } from './place.ts'
import { usePreferences } from './preferences.ts'
import { railHere } from './rail-style.ts'

interface RailKindsProps {
  environment: Environment
  /** The short name of the kind that is open. */
  here: string | null
}

/** The kinds that this environment's engine serves: those that stand alone, and sections of the others that unfold. */
export function RailKinds({ environment, here }: RailKindsProps) {
  const { kinds } = useConsole()
  const served = kinds.filter((kind) => kind.engine === environment.engine)
  return [...Map.groupBy(inOrder(served), (kind) => kind.section ?? kind.name)].map(([name, some]) => {
    const section = some[0]!.section
    if (section) return <RailSection key={name} environment={environment} section={section} kinds={some} here={here} />
    return some.map((kind) => <RailKind key={kind.name} environment={environment} kind={kind} here={here} />)
  })
}

/** Nodes first and events last, sections in their own order between; an engine without sections has its kinds as it names them. */
function inOrder(kinds: readonly KindDescription[]): readonly KindDescription[] {
  if (kinds.every((kind) => kind.section === null)) return kinds
  const rank = ({ section, category }: KindDescription) =>
    section ? sections.indexOf(section) : category === 'event' ? sections.length : -1
  return kinds.toSorted((a, b) => rank(a) - rank(b))
}

const sectionIcons: Record<Section, string> = {
  workloads: 'box',
  network: 'network',
  storage: 'hard-drive',
  config: 'sliders-horizontal',
  access: 'key-round',
  cluster: 'server',
}

function RailSection({ environment, section, kinds, here }: RailKindsProps & { section: Section; kinds: readonly KindDescription[] }) {
  const t = useTranslations('shell')
  const part = `${environment.id}/${section}`
  const byHand = usePreferences((preferences) => preferences.unfolded[part])
  const setUnfolded = usePreferences((preferences) => preferences.setUnfolded)
  const open = kinds.some((kind) => shortName(kind.name) === here)
  const unfolded = byHand ?? open
  const Chevron = unfolded ? ChevronDown : ChevronRight
  return (
    <>
      <button
        type="button"
        aria-expanded={unfolded}
        onClick={() => setUnfolded(part, !unfolded)}
        className="flex h-6.5 flex-none items-center gap-2 rounded-md pr-1.5 pl-5.5 text-left text-sm text-ink-2 hover:bg-hover"
      >
        <KindIcon name={sectionIcons[section]} />
        <span className="min-w-0 flex-1 truncate">{t(`sections.${section}`)}</span>
        <Chevron aria-hidden className="size-3 flex-none text-ink-3" strokeWidth={1.6} />
      </button>
      {unfolded && kinds.map((kind) => <RailKind key={kind.name} environment={environment} kind={kind} here={here} />)}
    </>
  )
}

function RailKind({ environment, kind, here: open }: RailKindsProps & { kind: KindDescription }) {
  const words = useWords()
  const here = open === shortName(kind.name)
  return (
    <Link
      href={kindPath(environment.id, kind.name)}
      aria-current={here ? 'page' : undefined}
      className={cn(
        'flex h-6.5 flex-none items-center gap-2 rounded-md pr-2 text-sm text-ink-2 hover:bg-hover',
        kind.section ? 'pl-11.5' : 'pl-5.5',
        here && railHere,
      )}
    >
      {!kind.section && <KindIcon name={kind.icon} />}
      <span className="truncate first-letter:uppercase">{words.kind(kind)}</span>
      <span className="flex-1" />
      {!environment.unfollowed?.[kind.name] && <KindCount environment={environment.id} kind={kind.name} />}
    </Link>
  )
}

/** How many there are now: the list itself, followed without its rows. */
function KindCount({ environment, kind }: { environment: string; kind: string }) {
  const { locale } = useUi()
  const { head } = useLive<Row, ResourceHead>('resources.list', { environment, kind, filters: [], window: { before: 0, after: 0 } })
  if (!head) return null
  return (
    <span className="text-2xs text-ink-3 tabular-nums">
      {formatNumber(head.total, locale)}
      {!head.totalExact && '+'}
    </span>
  )
}
