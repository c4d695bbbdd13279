import type { ReactNode } from 'react'
import { Mark } from './mark.tsx'

interface EmptyStateProps {
  /** That it is truly empty, and where. */
  title: ReactNode
  /** Why, and the next step. */
  children?: ReactNode
  /** Buttons. */
  actions?: ReactNode
}

export const EmptyState = ({ title, children, actions }: EmptyStateProps) => (
  <div className="flex flex-col items-center px-6 py-10 text-center">
    <Mark size={30} className="text-ink-3" />
    <p className="mt-2 text-base font-semibold">{title}</p>
    {children && <div className="mt-0.5 max-w-sm text-sm text-ink-2">{children}</div>}
    {actions && <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
  </div>
)
