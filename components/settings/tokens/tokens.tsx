'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Failure } from '#components/states/failure.tsx'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { useLive } from '#lib/client/index.ts'
import type { LiveList } from '#lib/model/live.ts'
import { includesRole, roles, type Binding } from '#lib/model/role.ts'
import type { MadeToken, Token } from '#lib/model/token.ts'
import { CopyOnce } from '../copy-once.tsx'
import { NewToken } from './new-token.tsx'
import { TokenRow } from './token-row.tsx'

interface Props {
  initial: LiveList<Token, unknown> | undefined
  /** Of whoever looks. */
  bindings: readonly Binding[]
}

type State = { at: 'list' } | { at: 'form' } | { at: 'made'; name: string; token: MadeToken }

const administers = ({ role, environment, namespaces }: Binding) => role === 'administrator' && environment === null && namespaces === null

/** What programs use in place of signing in: made here, shown once, listed and revoked. */
export function Tokens({ initial, bindings }: Props) {
  const t = useTranslations('settings.tokens')
  const [state, setState] = useState<State>({ at: 'list' })
  const [everybody, setEverybody] = useState(false)
  const held = roles.filter((role) => bindings.some((binding) => includesRole(binding.role, role)))
  return (
    <Panel
      title={t('title')}
      flush
      aside={
        state.at === 'list' && (
          <Button size={24} disabledReason={held.length === 0 ? t('noRole') : undefined} onClick={() => setState({ at: 'form' })}>
            {t('new')}
          </Button>
        )
      }
    >
      <p className="border-b border-line px-3.5 py-2.5 text-sm text-ink-2">
        {t('lead')} {t('docs')}{' '}
        <a href="/api/openapi.json" target="_blank" rel="noreferrer" className="text-accent underline">
          {t('openApi')}
        </a>
      </p>
      {state.at === 'form' && (
        <NewToken roles={held} onMade={(made) => setState({ at: 'made', ...made })} onCancel={() => setState({ at: 'list' })} />
      )}
      {state.at === 'made' && <TokenShown {...state} onDone={() => setState({ at: 'list' })} />}
      {bindings.some(administers) && (
        <div className="border-b border-line px-3.5 py-2.5 text-sm">
          <Checkbox checked={everybody} onCheckedChange={setEverybody}>
            {t('everybody')}
          </Checkbox>
        </div>
      )}
      <TokenList everybody={everybody} initial={everybody ? undefined : initial} />
    </Panel>
  )
}

function TokenShown({ name, token, onDone }: { name: string; token: MadeToken; onDone: () => void }) {
  const t = useTranslations('settings.tokens')
  return (
    <div className="flex flex-col gap-3 border-b border-line px-3.5 py-4">
      <h3 className="text-sm font-medium">{t('shownTitle', { name })}</h3>
      <CopyOnce label={t('label')} value={token.secret} copy={t('copy')} copied={t('copied')} />
      <p className="text-xs text-ink-3">{t('shown')}</p>
      <Button size={32} className="self-start" onClick={onDone}>
        {t('done')}
      </Button>
    </div>
  )
}

function TokenList({ everybody, initial }: { everybody: boolean; initial: Props['initial'] }) {
  const t = useTranslations('settings.tokens')
  const { rows, error } = useLive<Token, unknown>('tokens.list', everybody ? { everybody } : {}, { initial })
  if (!rows && error)
    return (
      <div className="p-3">
        <Failure error={error} />
      </div>
    )
  if (!rows) return <SkeletonRows count={2} />
  if (rows.length === 0) return <p className="px-3.5 py-3 text-sm text-ink-3">{t('none')}</p>
  return (
    <ul>
      {rows.map((token) => (
        <TokenRow key={token.id} token={token} />
      ))}
    </ul>
  )
}
