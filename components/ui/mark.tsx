/** The compass. Decoration: the word Portolan stands beside it wherever it means something. */
export const Mark = ({ size = 20, className = '' }: { size?: number; className?: string }) => (
  <svg width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden className={`flex-none ${className}`}>
    {[45, 135, 225, 315].map((angle) => (
      <path key={angle} d="M12 12V4.6" transform={`rotate(${angle} 12 12)`} stroke="currentColor" strokeWidth=".9" strokeOpacity=".75" />
    ))}
    {[0, 90, 180, 270].map((angle) => (
      <g key={angle} transform={`rotate(${angle} 12 12)`}>
        <path d="M12 .8 14.3 9.7 12 12Z" fill="currentColor" />
        <path d="M12 .8 9.7 9.7 12 12Z" fill="currentColor" fillOpacity=".38" />
      </g>
    ))}
  </svg>
)
