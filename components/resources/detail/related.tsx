'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useConsole } from '#components/shell/console-context.tsx'
import { Name } from '#components/ui/name.tsx'
import { StateGlyph } from '#components/ui/state-glyph.tsx'
import { rankOf } from '#lib/model/health.ts'
import type { RelatedRow } from '#lib/model/inventory.ts'
import { hrefOf } from '../href.ts'
import { useWords } from '../words.ts'
import { Section } from './section.tsx'

/** What it points to and what points to it, each with its own state. */
export function Related({ environment, relations }: { environment: string; relations: readonly RelatedRow[] }) {
  const t = useTranslations('resources.detail')
  const words = useWords()
  const { kindByName } = useConsole()
  const worst = (relation: RelatedRow) => (relation.health ? rankOf(relation.health) : 9)
  const sorted = relations.toSorted((a, b) => a.kind.localeCompare(b.kind) || worst(a) - worst(b) || a.name.localeCompare(b.name))
  return (
    <Section title={t('related')}>
      {!sorted.length && <p className="text-sm text-ink-3">{t('relatedNone')}</p>}
      <ul>
        {sorted.map((relation) => {
          const kind = kindByName.get(relation.kind)
          return (
            <li
              key={`${relation.direction}${relation.as}${relation.kind}${relation.key}`}
              className="flex min-h-7 items-center gap-2.5 border-t border-line py-0.5 text-sm first:border-t-0"
            >
              <span className="w-3">{relation.health && <StateGlyph health={relation.health} size={11} />}</span>
              <span className="w-23 flex-none truncate text-xs text-ink-3">{kind ? words.kind(kind, 1) : relation.as}</span>
              {relation.id === null ? (
                <span className="flex min-w-0 flex-1 text-ink-2">
                  <Name>{relation.name}</Name>
                </span>
              ) : (
                <Link
                  href={hrefOf({ environment, kind: relation.kind, key: relation.key })}
                  className="flex min-w-0 flex-1 text-ink hover:underline"
                >
                  <Name>{relation.name}</Name>
                </Link>
              )}
              <span className="max-w-2/5 flex-none truncate text-xs text-ink-2">
                {relation.id === null ? t('relatedUnknown') : relation.state && words.reason(relation.state)}
              </span>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
