import { pointsOf, Rhumb } from '#components/ui/rhumb.tsx'

const chart = { x: 430, y: 450, radius: 318 }
/** Points of the sixteen that carry a name, in this order. */
const named = [13, 0, 3, 6, 10]

/** The chart with its rose; `names` stand at its harbours. */
export const CompassRose = ({ names }: { names: readonly string[] }) => {
  const points = pointsOf(chart)
  return (
    <Rhumb chart={chart} width={820} height={900}>
      {points.map(({ x, y }, index) => (
        <circle key={index} cx={x.toFixed(1)} cy={y.toFixed(1)} r="2.2" fill="currentColor" fillOpacity=".55" />
      ))}
      {named.slice(0, names.length).map((index, at) => (
        <Harbour key={index} {...points[index]!} index={index} name={names[at]!} />
      ))}
      <Rose />
    </Rhumb>
  )
}

function Harbour({ x, y, index, name }: { x: number; y: number; index: number; name: string }) {
  // Names read outwards, and never upside down.
  const west = index > 8
  const turn = index * 22.5 - 90 + (west ? 180 : 0)
  return (
    <>
      <circle cx={x} cy={y} r="4.5" fill="var(--chart)" stroke="currentColor" strokeWidth="1.6" />
      <g transform={`translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn})`}>
        <text x={west ? -14 : 14} y="4" textAnchor={west ? 'end' : 'start'} fill="currentColor" fontSize="13" fontWeight="500">
          {name}
        </text>
      </g>
    </>
  )
}

const Rose = () => (
  <>
    {[22.5, 67.5, 112.5, 157.5, 202.5, 247.5, 292.5, 337.5].map((angle) => (
      <path key={angle} d="M430 388V450" transform={`rotate(${angle} 430 450)`} stroke="currentColor" strokeOpacity=".7" />
    ))}
    {[45, 135, 225, 315].map((angle) => (
      <g key={angle} transform={`rotate(${angle} 430 450)`}>
        <path d="M430 384 L437.5 438 L430 450Z" fill="currentColor" />
        <path d="M430 384 L422.5 438 L430 450Z" fill="var(--chart)" stroke="currentColor" />
      </g>
    ))}
    {[0, 90, 180, 270].map((angle) => (
      <g key={angle} transform={`rotate(${angle} 430 450)`}>
        <path d="M430 352 L439.5 434.8 L430 450Z" fill="currentColor" />
        <path d="M430 352 L420.5 434.8 L430 450Z" fill="var(--chart)" stroke="currentColor" />
      </g>
    ))}
    <circle cx="430" cy="450" r="70" fill="none" stroke="currentColor" strokeOpacity=".5" />
    <circle cx="430" cy="450" r="74" fill="none" stroke="currentColor" strokeOpacity=".25" />
  </>
)
