'use client'

import { useMutation } from '@tanstack/react-query'
import { FileSearch } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { useConsole } from '#components/shell/console-context.tsx'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { Field, Textarea } from '#components/ui/field.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { api } from '#lib/client/index.ts'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import { FileButton } from './connections/file-button.tsx'
import { FoundRow } from './welcome/found-row.tsx'
import { obstacleOf, withOwnNames, type Found } from './welcome/found.ts'
import { asAppError, useConnecting } from './welcome/use-connecting.ts'

/** Connecting what a file of an engine's own tools leads to: it is read and asked, then somebody chooses. */
export function FromFile({ engine }: { engine: string }) {
  const t = useTranslations('environments.file')
  const say = useErrorSentence()
  const [text, setText] = useState('')
  const read = useMutation({
    mutationFn: (file: string) =>
      api<{ found: Omit<Found, 'key'>[] }>('/api/environments/read-file', { method: 'POST', body: { engine, text: file } }),
  })
  const look = (file: string) => {
    setText(file)
    if (file.trim()) read.mutate(file)
  }
  return (
    <div className="flex max-w-4xl flex-col gap-4">
      <Panel title={t('title')}>
        <form
          className="flex flex-col gap-4 py-1"
          onSubmit={(event) => {
            event.preventDefault()
            look(text)
          }}
        >
          <Field
            label={t(`names.${engine}`)}
            help={t('help')}
            error={read.error ? say(asAppError(read.error)) : undefined}
            aside={<FileButton label={t(`names.${engine}`)} onText={look} />}
          >
            <Textarea
              mono
              rows={8}
              spellCheck={false}
              autoComplete="off"
              value={text}
              onChange={(event) => setText(event.target.value)}
              onPaste={(event) => {
                // Into an empty field: that is all of it.
                if (!text) look(event.clipboardData.getData('text'))
              }}
            />
          </Field>
          <div>
            <Button type="submit" icon={FileSearch} pending={read.isPending} disabledReason={text.trim() ? undefined : t('nothing')}>
              {t('read')}
            </Button>
          </div>
        </form>
      </Panel>
      {read.data && (
        <Choices
          key={read.submittedAt}
          found={withOwnNames(read.data.found.map((one, at) => ({ ...one, key: String(at) })))}
          onTryAgain={() => look(text)}
        />
      )}
    </div>
  )
}

/** What the file leads to, and the one button that connects what is ticked. */
function Choices({ found, onTryAgain }: { found: Found[]; onTryAgain: () => void }) {
  const t = useTranslations('environments.file')
  const words = useTranslations('welcome')
  const { kinds } = useConsole()
  const { choiceOf, choose, progress, chosen, connectChosen, pending, fresh, settled } = useConnecting(found)
  const obstacle = obstacleOf(chosen.map(choiceOf))
  const headingId = useId()
  return (
    <section aria-labelledby={headingId} className="flex flex-col gap-4">
      <h2 id={headingId} aria-live="polite" className="text-base font-semibold">
        {t('found', { count: found.length, answering: found.filter(({ probe }) => probe).length })}
      </h2>
      <ul className="overflow-hidden rounded-lg border border-line bg-surface">
        {found.map((one) => (
          <FoundRow
            key={one.key}
            found={one}
            kinds={kinds}
            choice={choiceOf(one)}
            progress={progress[one.key]}
            onChoose={(choice) => choose(one, choice)}
            onTryAgain={onTryAgain}
          />
        ))}
      </ul>
      <div>
        {settled || (fresh && chosen.length === 0 && !pending) ? (
          <ButtonLink variant="primary" size={36} href="/environments">
            {t('done')}
          </ButtonLink>
        ) : (
          <Button
            variant="primary"
            size={36}
            pending={pending}
            disabledReason={obstacle ? words(obstacle) : undefined}
            onClick={connectChosen}
          >
            {words('connect', { count: chosen.length })}
          </Button>
        )}
      </div>
    </section>
  )
}
