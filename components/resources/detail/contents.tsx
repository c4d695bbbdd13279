'use client'

import { useTranslations } from 'next-intl'
import { Bytes } from '#components/ui/numbers.tsx'
import type { Row } from '#lib/model/resource.ts'
import { entriesOf, sentencesOf } from './parts.ts'
import { useWords } from '../words.ts'
import { Section } from './section.tsx'

/** Of rules that are easier to read than to work out: what they say. */
export function Sentences({ row }: { row: Row }) {
  const t = useTranslations('resources.detail')
  const words = useWords()
  const sentences = sentencesOf(row)
  if (!sentences.length) return null
  return (
    <Section title={t('sentences')}>
      <ul className="text-sm text-ink-2">
        {sentences.map((sentence, i) => (
          <li key={i} className="border-t border-line py-1.5 wrap-anywhere first:border-t-0">
            {words.reason(sentence)}
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Of what holds values under keys: each key, and how large its value is. */
export function Entries({ row }: { row: Row }) {
  const words = useWords()
  const entries = entriesOf(row)
  if (!entries.length) return null
  return (
    <Section title={words.column('keys')}>
      <ul className="text-sm">
        {entries.map(({ key, bytes }) => (
          <li key={key} className="flex items-baseline gap-2 border-t border-line py-1 first:border-t-0">
            <code className="min-w-0 flex-1 truncate font-mono text-xs" title={key}>
              {key}
            </code>
            <span className="flex-none text-xs text-ink-3">
              <Bytes value={bytes} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
