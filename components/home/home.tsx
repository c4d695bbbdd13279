'use client'

import { Compass, Plug } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { ActionHost } from '#components/resources/actions/action-host.tsx'
import { useConsole } from '#components/shell/console-context.tsx'
import { usePageFreshness } from '#components/shell/page-store.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { useLive } from '#lib/client/index.ts'
import type { HomeHead } from '#lib/model/home.ts'
import type { LiveList } from '#lib/model/live.ts'
import type { Row } from '#lib/model/resource.ts'
import { mayConnect } from '#components/environments/rights.ts'
import { BrokenNow } from './broken-now.tsx'
import { EnvironmentCards } from './environment-cards.tsx'
import { HomeSentence } from './sentence.tsx'
import { WhatChanged } from './what-changed.tsx'

/** So few have room for what their machines have; of more, each engine would be asked by everybody who comes home. */
const fewEnvironments = 4

/** Problems first: what is broken, what changed, and every environment with what it holds. */
export function Home({ initial }: { initial: LiveList<Row, HomeHead> }) {
  const { rows = initial.rows, head = initial.head, state, at } = useLive<Row, HomeHead>('home.read', {}, { initial })
  usePageFreshness(state === 'reconnecting' ? { state: 'polled', at } : { state: 'live' })
  if (head.environments.length === 0) return <FirstUse />
  const few = head.environments.length <= fewEnvironments
  return (
    <div className="flex flex-col gap-4 px-6 pt-4 pb-6 max-sm:px-0">
      <HomeSentence head={head} />
      <div className="grid gap-4 xl:grid-cols-[minmax(0,1fr)_400px]">
        <div className="flex min-w-0 flex-col gap-4 max-xl:contents">
          <BrokenNow rows={rows} head={head} />
          {few && <EnvironmentCards cards={head.environments} wide className="max-xl:order-last" />}
        </div>
        <WhatChanged problems={rows} head={head} />
      </div>
      {!few && <EnvironmentCards cards={head.environments} />}
      <ActionHost />
    </div>
  )
}

/** Nothing is connected, or nothing may be seen: the two are not the same. */
function FirstUse() {
  const t = useTranslations('home')
  const { actor } = useConsole()
  const allowed = mayConnect(actor.bindings)
  return (
    <div className="px-6 py-6 max-sm:px-4">
      <h1 className="sr-only">{t('title')}</h1>
      <Panel>
        <EmptyState
          title={t('firstTitle')}
          actions={
            allowed && (
              <>
                <ButtonLink variant="primary" icon={Compass} href="/welcome">
                  {t('firstLook')}
                </ButtonLink>
                <ButtonLink icon={Plug} href="/environments/new">
                  {t('firstByAddress')}
                </ButtonLink>
              </>
            )
          }
        >
          {allowed ? t('firstText') : t('firstAsk')}
        </EmptyState>
      </Panel>
    </div>
  )
}
