/** ⌘ on Apple's machines, else Ctrl; the server does not know, so both are there and CSS picks. */
export const ModifierKey = () => (
  <>
    <span className="hidden apple:inline">⌘</span>
    <span className="apple:hidden">Ctrl</span>
  </>
)
