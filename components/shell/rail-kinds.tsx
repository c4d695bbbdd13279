'use client'

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
import { useConsole } from './console-context.tsx'
import { KindIcon } from './kind-icon.tsx'
import { kindPath, shortName } from './place.ts'
import { railHere } from './rail-style.ts'

/** The kinds that this environment's engine serves. `here` is the short name of the one that is open. */
export function RailKinds({ environment, here }: { environment: Environment; here: string | null }) {
  const { kinds } = useConsole()
  return kinds
    .filter((kind) => kind.engine === environment.engine)
    .map((kind) => <RailKind key={kind.name} environment={environment} kind={kind} here={here === shortName(kind.name)} />)
}

function RailKind({ environment, kind, here }: { environment: Environment; kind: KindDescription; here: boolean }) {
  const words = useWords()
  return (
    <Link
      href={kindPath(environment.id, kind.name)}
      aria-current={here ? 'page' : undefined}
      className={cn('flex h-6.5 items-center gap-2 rounded-md pr-2 pl-5.5 text-sm text-ink-2 hover:bg-hover', here && railHere)}
    >
      <KindIcon name={kind.icon} />
      <span className="truncate first-letter:uppercase">{words.kind(kind)}</span>
      <span className="flex-1" />
      <KindCount environment={environment.id} kind={kind.name} />
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
