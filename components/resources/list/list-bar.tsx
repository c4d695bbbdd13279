'use client'

import { FilterBar } from './filter-bar.tsx'
import { Toolbar } from './toolbar.tsx'
import type { ResourceListModel } from './use-resource-list.ts'

/** Over the rows: what they are filtered by, and how they stand. */
export function ListBar({ model, onFacets }: { model: ResourceListModel; onFacets(): void }) {
  const { state, change, grid } = model
  return (
    <div className="flex min-h-11 flex-none items-center gap-2 border-b border-line px-4 py-2 max-sm:px-3">
      <FilterBar
        fields={model.fields}
        sayValue={model.sayValue}
        filters={state.filters}
        sort={state.group ? null : state.sort}
        typed={model.typed}
        things={model.things}
        inputRef={model.input}
        onType={model.type}
        onFilters={(filters) => change({ filters })}
        onSort={(sort) => change({ sort })}
        onLeave={() => grid.current?.focus(model.current)}
      />
      <Toolbar
        query={model.query}
        total={model.total}
        arranged={model.arranged}
        group={state.group}
        density={model.density}
        filterCount={state.filters.length}
        onGroup={(group) => change({ group })}
        onColumns={model.choose}
        onDensity={model.setDensity}
        onFacets={onFacets}
      />
    </div>
  )
}
