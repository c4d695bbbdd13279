'use client'

import { useTranslations } from 'next-intl'
import { Ago } from '#components/ui/ago.tsx'
import { StateGlyph } from '#components/ui/state-glyph.tsx'
import type { Row } from '#lib/model/resource.ts'
import { containersOf, type ContainerState } from './parts.ts'
import { useWords } from '../words.ts'
import { Section } from './section.tsx'

/** Of what runs several containers: how each of them is, and how it ended the last time. */
export function Containers({ row }: { row: Row }) {
  const words = useWords()
  const containers = containersOf(row)
  if (!containers.length) return null
  return (
    <Section title={words.column('containers')}>
      <ul className="text-sm">
        {containers.map((container) => (
          <Container key={container.name} container={container} />
        ))}
      </ul>
    </Section>
  )
}

function Container({ container }: { container: ContainerState }) {
  const t = useTranslations('containers')
  const { name, role, image, health, state, why, since, restarts, exitCode, exitReason, exitedAt } = container
  const asRole = t('role', { role })
  return (
    <li className="flex items-start gap-2.5 border-t border-line py-1.5 first:border-t-0">
      <StateGlyph health={health} className="mt-1" />
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2">
          <span className="truncate font-medium text-ink" title={name}>
            {name}
          </span>
          {asRole && <span className="flex-none text-xs text-ink-3">{asRole}</span>}
          <span className="flex-1" />
          <code className="truncate font-mono text-xs text-ink-3" title={image}>
            {image}
          </code>
        </p>
        <p className="flex flex-wrap gap-x-3 text-ink-2">
          <span>
            {t('state', { state, why: why ?? 'none', exitCode: exitCode ?? 0 })}{' '}
            {since && <Ago at={since} className="text-xs text-ink-3" />}
          </span>
          {restarts > 0 && <span>{t('restarts', { count: restarts })}</span>}
          {exitCode !== null && state !== 'ended' && (
            <span>
              {t('lastExit', { exitCode, why: exitReason ?? 'none' })} {exitedAt && <Ago at={exitedAt} className="text-xs text-ink-3" />}
            </span>
          )}
        </p>
      </div>
    </li>
  )
}
