import type { ReactNode } from 'react'

export interface Chart {
  x: number
  y: number
  /** Of the circle of sixteen points. */
  radius: number
}
interface Point {
  x: number
  y: number
}

/** The sixteen points of a chart, clockwise from north. */
export const pointsOf = ({ x, y, radius }: Chart): Point[] =>
  Array.from({ length: 16 }, (_, index) => {
    const angle = (index * Math.PI) / 8
    return { x: x + radius * Math.sin(angle), y: y - radius * Math.cos(angle) }
  })

const at = ({ x, y }: Point) => `${x.toFixed(1)} ${y.toFixed(1)}`

/** Every point joined with every other, and from each point five courses outwards. */
function linesOf(chart: Chart): string {
  const points = pointsOf(chart)
  const inner = points.flatMap((from, index) => points.slice(index + 1).map((to) => `M${at(from)}L${at(to)}`))
  const outer = points.flatMap((from, index) =>
    [-2, -1, 0, 1, 2].map((turn) => {
      const angle = ((index + turn) * Math.PI) / 8
      return `M${at(from)}L${at({ x: from.x + 1600 * Math.sin(angle), y: from.y - 1600 * Math.cos(angle) })}`
    }),
  )
  return [...inner, ...outer].join('')
}

interface RhumbProps {
  /** In the units of the box. */
  chart: Chart
  width: number
  height: number
  opacity?: number
  children?: ReactNode
}

/** Chart lines behind sign-in, first run and empty states. Never behind data. Fills its positioned parent. */
export const Rhumb = ({ chart, width, height, opacity = 0.2, children }: RhumbProps) => (
  <svg
    className="pointer-events-none absolute inset-0 size-full"
    viewBox={`0 0 ${width} ${height}`}
    preserveAspectRatio="xMidYMid slice"
    aria-hidden
  >
    <path d={linesOf(chart)} fill="none" stroke="currentColor" strokeWidth=".75" strokeOpacity={opacity} />
    {children}
  </svg>
)
