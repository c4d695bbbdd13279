import type { CSSProperties } from 'react'
import { trackOf } from '../values/read.ts'
import { leastOf, type ArrangedColumn } from './columns.ts'

/** The column of tick boxes, in px. */
const boxWidth = 44

/** Tick box, the columns, the actions of a row; where the columns that stay do so; and the width below which the table scrolls sideways. */
export function templateOf(columns: readonly ArrangedColumn[], dragged: { name: string; width: number } | null): CSSProperties {
  const sized = columns.map((one) => (one.column.name === dragged?.name ? { ...one, width: dragged.width } : one))
  const tracks = sized.map(({ column, width }) => (width === undefined ? trackOf(column) : `${width}px`))
  const lefts = sized.map((_, i) => [`--left-${i}`, `${sized.slice(0, i).reduce((sum, one) => sum + leastOf(one), boxWidth)}px`])
  return {
    '--columns': `${boxWidth}px ${tracks.join(' ')} 0px`,
    '--least': `${sized.reduce((sum, one) => sum + leastOf(one), boxWidth)}px`,
    ...Object.fromEntries(lefts),
  }
}
