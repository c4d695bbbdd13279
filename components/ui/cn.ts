import { clsx, type ClassValue } from 'clsx'
import { extendTailwindMerge } from 'tailwind-merge'

// The names that app/tokens.css adds to Tailwind's own scales, so that a later class wins over an earlier one.
const merge = extendTailwindMerge({
  extend: {
    theme: {
      spacing: ['row', 'row-compact', 'row-relaxed', 'control', 'control-form', 'bar', 'dock', 'rail', 'rail-folded', 'drawer'],
      shadow: ['pop', 'dialog'],
    },
  },
})

/** Joins class names; of two that set the same thing the later one stays. */
export const cn = (...classes: ClassValue[]): string => merge(clsx(classes))
