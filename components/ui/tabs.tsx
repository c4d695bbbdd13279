import Link from 'next/link'
import type { ReactNode } from 'react'
import { cn } from './cn.ts'

interface TabsProps {
  /** Its accessible name. */
  label: string
  /** Every tab is a place with an address of its own. */
  tabs: readonly { href: string; label: ReactNode; count?: ReactNode; current: boolean }[]
  className?: string
}

export const Tabs = ({ label, tabs, className }: TabsProps) => (
  <nav aria-label={label} className={cn('flex min-w-0 gap-5 overflow-x-auto border-b border-line', className)}>
    {tabs.map((tab) => (
      <Link
        key={tab.href}
        href={tab.href}
        scroll={false}
        aria-current={tab.current ? 'page' : undefined}
        className={cn(
          'relative flex h-10 flex-none items-center gap-1.5 text-sm text-ink-2 hover:text-ink focus-visible:-outline-offset-2',
          tab.current && 'font-medium text-ink after:absolute after:inset-x-0 after:bottom-0 after:h-0.5 after:bg-ink',
        )}
      >
        {tab.label}
        {tab.count !== undefined && <span className="text-xs font-normal text-ink-3 tabular-nums">{tab.count}</span>}
      </Link>
    ))}
  </nav>
)
