'use client'

import { Dialog } from '@base-ui/react/dialog'
import { Command } from 'cmdk'
import { Search, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useState, type KeyboardEvent } from 'react'
import { backdropStyle } from '#components/ui/dialog.tsx'
import type { SearchHit } from '#lib/model/search.ts'
import { useCommandStore } from './commands.ts'
import { useConsole } from './console-context.tsx'
import { useDock } from './dock-store.ts'
import { CommandEntry, HitEntry, PlaceEntry } from './palette-entries.tsx'
import { PaletteFoot } from './palette-foot.tsx'
import { usePalettePlaces } from './palette-places.ts'
import { resourcePath } from './place.ts'
import { closeOver } from './shell-store.ts'
import { useSearch } from './use-search.ts'

const groupStyle =
  '[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-3'

const includes = (title: string, text: string) => title.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase())

/** Things, then actions, then places. Works without a pointer: arrows, Enter, Tab to narrow, Escape. */
export function Palette() {
  const t = useTranslations('shell.palette')
  const router = useRouter()
  const { environments, environmentById, kindByName } = useConsole()
  const openLogs = useDock((dock) => dock.openLogs)
  const [text, setText] = useState('')
  const [narrowed, setNarrowed] = useState<string | null>(null)
  const [highlighted, setHighlighted] = useState('')
  const search = useSearch(text, narrowed)
  const hits = (search.answer?.hits ?? []).filter((hit) => narrowed === null || hit.environment === narrowed)
  const commands = [...useCommandStore((store) => store.groups).values()].flat().filter((command) => includes(command.title, text))
  const places = usePalettePlaces(narrowed).filter((place) => includes(place.title, text))
  const go = (href: string) => {
    closeOver()
    router.push(href)
  }
  const inDock = (hit: SearchHit) => {
    closeOver()
    if (kindByName.get(hit.kind)?.streams.includes('logs'))
      openLogs({ environment: hit.environment, kind: hit.kind, key: hit.key }, hit.name)
    else router.push(resourcePath(hit.environment, hit.kind, hit.key))
  }
  const press = (event: KeyboardEvent) => {
    const hit = hits.find(({ id }) => `thing ${id}` === highlighted)
    const target = hit?.environment ?? places.find(({ id }) => id === highlighted)?.environment
    if (event.key === 'Tab' && !event.shiftKey && target && narrowed === null) setNarrowed(target)
    else if (event.key === 'Backspace' && text === '' && narrowed !== null) setNarrowed(null)
    else if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && hit) inDock(hit)
    else return
    event.preventDefault()
  }
  return (
    <Dialog.Root open onOpenChange={closeOver}>
      <Dialog.Portal>
        <Dialog.Backdrop className={backdropStyle} />
        <Dialog.Popup
          data-modal
          aria-label={t('title')}
          className="fixed top-[12vh] left-1/2 z-50 w-[calc(100vw-2rem)] max-w-2xl -translate-x-1/2 overflow-hidden rounded-xl bg-raised shadow-dialog outline-none max-sm:inset-0 max-sm:w-full max-sm:translate-x-0 max-sm:rounded-none"
        >
          <Command
            shouldFilter={false}
            label={t('title')}
            value={highlighted}
            onValueChange={setHighlighted}
            onKeyDown={press}
            className="flex max-h-[70vh] flex-col max-sm:h-full max-sm:max-h-none"
          >
            <div className="flex h-12 flex-none items-center gap-3 border-b border-line px-4">
              <Search aria-hidden className="size-4 flex-none text-ink-3" strokeWidth={1.6} />
              <Command.Input
                value={text}
                onValueChange={setText}
                placeholder={t('placeholder')}
                className="h-full min-w-0 flex-1 bg-transparent outline-none sm:text-base placeholder:text-ink-3"
              />
              <NarrowedTo
                name={narrowed && (environmentById.get(narrowed)?.name ?? narrowed)}
                count={environments.length}
                onWiden={() => setNarrowed(null)}
              />
              <Dialog.Close
                aria-label={t('close')}
                className="-mr-2 hidden size-11 items-center justify-center text-ink-3 max-sm:inline-flex"
              >
                <X aria-hidden className="size-5" strokeWidth={1.6} />
              </Dialog.Close>
            </div>
            <Command.List label={t('results')} className="min-h-0 flex-1 overflow-y-auto px-1.5 pb-2 outline-none">
              <Nothing text={text} search={search} shown={hits.length + commands.length + places.length} />
              {hits.length > 0 && (
                <Command.Group heading={t('things')} className={groupStyle}>
                  {hits.map((hit) => (
                    <HitEntry key={hit.id} hit={hit} text={text} onSelect={() => go(resourcePath(hit.environment, hit.kind, hit.key))} />
                  ))}
                </Command.Group>
              )}
              {commands.length > 0 && (
                <Command.Group heading={t('do')} className={groupStyle}>
                  {commands.map((command) => (
                    <CommandEntry key={command.id} command={command} text={text} />
                  ))}
                </Command.Group>
              )}
              {places.length > 0 && (
                <Command.Group heading={t('go')} className={groupStyle}>
                  {places.map((place) => (
                    <PlaceEntry key={place.id} place={place} text={text} onSelect={() => (place.run ? place.run() : go(place.href))} />
                  ))}
                </Command.Group>
              )}
            </Command.List>
            <PaletteFoot search={search} shown={hits.length} />
          </Command>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function NarrowedTo({ name, count, onWiden }: { name: string | null; count: number; onWiden: () => void }) {
  const t = useTranslations('shell.palette')
  const style = 'flex h-6 flex-none items-center gap-1.5 rounded-sm border border-line px-1.5 text-xs text-ink-3'
  if (!name) return <span className={style}>{t('all', { count })}</span>
  return (
    <button
      type="button"
      title={t('widen')}
      className={`${style} border-accent-line bg-accent-wash text-ink hover:border-accent`}
      onClick={onWiden}
    >
      {name} <span aria-hidden>×</span>
    </button>
  )
}

function Nothing({ text, search, shown }: { text: string; search: ReturnType<typeof useSearch>; shown: number }) {
  const t = useTranslations('shell.palette')
  if (shown > 0 || search.error) return null
  const words = text.trim() === '' ? t('start') : search.searching ? t('searching') : t('nothing', { text: text.trim() })
  return <p className="px-2.5 py-6 text-center text-sm text-ink-2">{words}</p>
}
