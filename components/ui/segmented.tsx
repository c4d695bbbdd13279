'use client'

import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import type { ReactNode } from 'react'
import { cn } from './cn.ts'

interface SegmentedProps<T extends string> {
  /** Its accessible name. */
  label: string
  value: T
  options: readonly { value: T; label: ReactNode; 'aria-label'?: string }[]
  onChange: (value: T) => void
  className?: string
}

/** One of a few, all in sight. */
export function Segmented<T extends string>({ label, value, options, onChange, className }: SegmentedProps<T>) {
  return (
    <ToggleGroup
      aria-label={label}
      value={[value]}
      onValueChange={([next]) => next && onChange(next)}
      className={cn('inline-flex h-7 items-center max-sm:h-11 rounded-md border border-line bg-sunken p-0.5 text-sm', className)}
    >
      {options.map((option) => (
        <Toggle
          key={option.value}
          value={option.value}
          aria-label={option['aria-label']}
          className="inline-flex h-full cursor-default items-center gap-1.5 rounded-sm px-2.5 whitespace-nowrap text-ink-2 hover:text-ink data-pressed:bg-surface data-pressed:font-medium data-pressed:text-ink data-pressed:ring-1 data-pressed:ring-line dark:data-pressed:bg-raised"
        >
          {option.label}
        </Toggle>
      ))}
    </ToggleGroup>
  )
}
