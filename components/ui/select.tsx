'use client'

import { ChevronDown } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn.ts'
import { boxStyle, useFieldProps } from './field.tsx'

export interface SelectProps extends Omit<ComponentProps<'select'>, 'size' | 'children'> {
  options: readonly { value: string; label: string; disabled?: boolean }[]
  size?: 28 | 32
  before?: ReactNode
}

/** The platform's own list: it works with every keyboard, reader and phone. */
export const Select = ({ options, size = 32, before, className, ...rest }: SelectProps) => (
  <span className={cn(boxStyle, 'relative', size === 28 ? 'h-7' : 'h-8 max-sm:h-11', className)}>
    {before}
    <select
      {...useFieldProps()}
      className="h-full min-w-0 flex-1 cursor-default appearance-none truncate bg-transparent pr-5 outline-none"
      {...rest}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value} disabled={option.disabled} className="bg-raised text-ink">
          {option.label}
        </option>
      ))}
    </select>
    <ChevronDown aria-hidden className="pointer-events-none absolute right-2 size-3.5 text-ink-3" strokeWidth={1.6} />
  </span>
)
