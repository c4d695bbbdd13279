'use client'

import { Command as Cmdk } from 'cmdk'
import { Lock } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useWords } from '#components/resources/words.ts'
import { Flag } from '#components/ui/flag.tsx'
import { Kbd } from '#components/ui/kbd.tsx'
import { StateGlyph } from '#components/ui/state-glyph.tsx'
import type { SearchHit } from '#lib/model/search.ts'
import type { Command } from './commands.ts'
import { useConsole } from './console-context.tsx'
import type { PalettePlace } from './palette-places.ts'
import { closeOver } from './shell-store.ts'

const entryStyle =
  'group/entry flex h-9 cursor-default items-center gap-3 rounded-md px-2.5 text-sm text-ink-2 select-none data-[selected=true]:bg-accent-wash aria-disabled:text-ink-3 max-sm:h-12'

/** The part that was typed stands out. */
function Marked({ children, text }: { children: string; text: string }) {
  const wanted = text.trim()
  const at = wanted === '' ? -1 : children.toLocaleLowerCase().indexOf(wanted.toLocaleLowerCase())
  if (at < 0) return children
  const end = at + wanted.length
  return (
    <>
      {children.slice(0, at)}
      <b className="font-semibold">{children.slice(at, end)}</b>
      {children.slice(end)}
    </>
  )
}

const Aside = ({ children }: { children: ReactNode }) => (
  <span className="flex min-w-0 flex-none items-center gap-1.5 text-xs text-ink-3">{children}</span>
)
const EnterKey = () => (
  <span className="hidden group-data-[selected=true]/entry:inline-flex">
    <Kbd>↵</Kbd>
  </span>
)

export function HitEntry({ hit, text, onSelect }: { hit: SearchHit; text: string; onSelect: () => void }) {
  const t = useTranslations('shell.palette')
  const words = useWords()
  const { kindByName, environmentById } = useConsole()
  const kind = kindByName.get(hit.kind)
  const environment = environmentById.get(hit.environment)
  const elsewhere = hit.matched && hit.matched.field !== 'name' ? hit.matched.text : null
  return (
    <Cmdk.Item value={`thing ${hit.id}`} onSelect={onSelect} className={entryStyle}>
      <span className="flex w-4 flex-none justify-center">
        <StateGlyph health={hit.health} label={words.health(hit.health)} />
      </span>
      <span className="min-w-0 flex-1 truncate text-ink">
        <Marked text={text}>{hit.name}</Marked>
        {elsewhere && (
          <span className="pl-2 font-mono text-xs text-ink-3">
            <Marked text={text}>{elsewhere}</Marked>
          </span>
        )}
      </span>
      <Aside>
        {environment && <Flag flag={environment.flag} size={14} quiet />}
        <span className="truncate">
          {t('inEnvironment', { kind: kind ? words.kind(kind, 1) : hit.kind, environment: environment?.name ?? hit.environment })}
        </span>
      </Aside>
      <EnterKey />
    </Cmdk.Item>
  )
}

export function CommandEntry({
  command: { id, title, icon: Icon, keys, aside, disabledReason, run },
  text,
}: {
  command: Command
  text: string
}) {
  const Mark = disabledReason ? Lock : Icon
  const select = () => {
    if (disabledReason) return
    closeOver()
    run()
  }
  return (
    <Cmdk.Item value={`do ${id}`} onSelect={select} aria-disabled={disabledReason ? true : undefined} className={entryStyle}>
      <span className="flex w-4 flex-none">{Mark && <Mark aria-hidden className="size-4 text-ink-3" strokeWidth={1.6} />}</span>
      <span className={`min-w-0 flex-1 truncate ${disabledReason ? 'text-ink-3' : 'text-ink'}`}>
        <Marked text={text}>{title}</Marked>
      </span>
      <span className="min-w-0 max-w-[60%] truncate text-xs text-ink-3">{disabledReason ?? aside}</span>
      {keys && <Kbd>{keys.toUpperCase()}</Kbd>}
      <EnterKey />
    </Cmdk.Item>
  )
}

export const PlaceEntry = ({
  place: { id, title, icon: Icon, flag },
  text,
  onSelect,
}: {
  place: PalettePlace
  text: string
  onSelect: () => void
}) => (
  <Cmdk.Item value={id} onSelect={onSelect} className={entryStyle}>
    <span className="flex w-4 flex-none justify-center">
      {flag ? <Flag flag={flag} quiet /> : <Icon aria-hidden className="size-4 text-ink-3" strokeWidth={1.6} />}
    </span>
    <span className="min-w-0 flex-1 truncate text-ink">
      <Marked text={text}>{title}</Marked>
    </span>
    <EnterKey />
  </Cmdk.Item>
)
