'use client'

import { Input } from '#components/ui/field.tsx'

/** The field that finds something within a tab. */
export const Find = ({ label, value, onChange }: { label: string; value: string; onChange(value: string): void }) => (
  <Input
    size={28}
    type="search"
    value={value}
    onChange={(event) => onChange(event.target.value)}
    placeholder={label}
    aria-label={label}
    className="w-72 max-w-full"
  />
)
