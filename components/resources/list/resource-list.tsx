'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useConsole } from '#components/shell/console-context.tsx'
import { Button } from '#components/ui/button.tsx'
import { cn } from '#components/ui/cn.ts'
import type { ResourcePage } from '#lib/model/inventory.ts'
import { ActionHost } from '../actions/action-host.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { Facets } from './facets.tsx'
import { Footer } from './footer.tsx'
import { ListBar } from './list-bar.tsx'
import { ListBody } from './list-body.tsx'
import { ListHead } from './list-head.tsx'
import { useResourceList, useRowActions, type ResourceListModel } from './use-resource-list.ts'
import type { ListTarget } from './use-view.ts'

// Seldom needed.
const Bars = dynamic(() => import('./notices.tsx').then((module) => module.Bars))
// Loaded when they are first opened.
const Drawer = dynamic(() => import('#components/ui/drawer.tsx').then((module) => module.Drawer), { ssr: false })
const ResourceDrawer = dynamic(() => import('../detail/resource-drawer.tsx').then((module) => module.ResourceDrawer), { ssr: false })

export interface ResourceListProps {
  target: ListTarget
  title: string
  /** The first window, rendered on the server for the address of that request. */
  initial: ResourcePage | undefined
}

export function ResourceList({ target, title, initial }: ResourceListProps) {
  const { environmentById } = useConsole()
  const t = useTranslations('resources.list')
  const model = useResourceList(target, initial)
  const actions = useRowActions(model)
  const [facetsOpen, openFacets] = useState(false)
  const { list, head, total, state, change } = model
  const place = 'category' in target ? null : (environmentById.get(target.environment)?.name ?? null)
  return (
    <div className={cn('relative flex min-h-0 flex-1 flex-col', state.open && 'lg:pr-drawer')}>
      <ListHead
        title={title}
        total={head ? total : undefined}
        head={head}
        waiting={list.waiting}
        onWaiting={() => {
          model.clear()
          model.point(false)
          model.grid.current?.toTop()
          list.toTop()
        }}
      />
      <ListBar model={model} onFacets={() => openFacets(true)} />
      {head?.environments.some(({ id, state: one }) => one !== 'live' || environmentById.get(id)?.unfollowed) && (
        <Bars kinds={model.kinds} environments={head.environments} />
      )}
      <div className="flex min-h-0 flex-1">
        <aside aria-label={t('facets')} className="w-48 flex-none overflow-y-auto border-r border-line max-lg:hidden">
          {!(list.error && !list.rows) && <ListFacets model={model} />}
        </aside>
        <div className="relative flex min-w-0 flex-1 flex-col">
          <ListBody model={model} actions={actions} title={title} place={place} />
          <BulkBar selection={model.selection} kinds={model.kinds} query={model.query} onClear={model.clear} />
          <Footer
            view={model.seen}
            total={total}
            head={head}
            held={model.held}
            hasLogs={model.kinds.some((kind) => kind.streams.includes('logs'))}
          />
        </div>
      </div>
      {facetsOpen && (
        <Drawer open onOpenChange={openFacets} label={t('facets')} head={<h2 className="text-base font-semibold">{t('filters')}</h2>}>
          <ListFacets model={model} />
          <div className="sticky bottom-0 border-t border-line bg-surface p-3">
            <Button variant="primary" size={36} className="w-full" onClick={() => openFacets(false)}>
              {t('facetsShow', { count: total })}
            </Button>
          </div>
        </Drawer>
      )}
      {state.open && <ResourceDrawer reference={state.open} onClose={() => change({ open: null })} />}
      <ActionHost />
    </div>
  )
}

function ListFacets({ model }: { model: ResourceListModel }) {
  const { environmentById } = useConsole()
  return (
    <Facets
      query={model.query}
      columns={model.columns}
      filters={model.state.filters}
      environments={environmentById}
      onFilters={(filters) => model.change({ filters })}
    />
  )
}
