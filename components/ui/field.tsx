'use client'

import { Eye, EyeOff } from 'lucide-react'
import { createContext, useContext, useId, useState, type ComponentProps, type ReactNode } from 'react'
import { cn } from './cn.ts'
import { useUi } from './provider.tsx'
import { StateGlyph } from './state-glyph.tsx'

interface FieldIds {
  id: string
  describedBy: string | undefined
  invalid: boolean
}
const FieldContext = createContext<FieldIds | null>(null)

interface FieldProps {
  label: ReactNode
  /** Beside the label, at the right. */
  aside?: ReactNode
  /** Below, always there. */
  help?: ReactNode
  /** Below, in place of nothing: starts with the cause. */
  error?: ReactNode
  className?: string
  children: ReactNode
}

/** Label above, control, help and error below, tied together for readers. Holds one Input, Textarea or Select. */
export function Field({ label, aside, help, error, className, children }: FieldProps) {
  const id = useId()
  const describedBy = error ? `${id}-error` : help ? `${id}-help` : undefined
  return (
    <FieldContext.Provider value={{ id, describedBy, invalid: Boolean(error) }}>
      <div className={cn('flex flex-col', className)}>
        <div className="mb-1.5 flex items-baseline gap-2">
          <label htmlFor={id} className="text-sm font-medium">
            {label}
          </label>
          <span className="flex-1" />
          {aside}
        </div>
        {children}
        {error && (
          <p id={`${id}-error`} role="alert" className="mt-1.5 flex items-start gap-1.5 text-xs text-fail">
            <StateGlyph health="failing" size={11} className="mt-1" />
            <span>{error}</span>
          </p>
        )}
        {help && !error && (
          <p id={`${id}-help`} className="mt-1.5 text-xs text-ink-3">
            {help}
          </p>
        )}
      </div>
    </FieldContext.Provider>
  )
}

/** What Field gives to its control; a control outside of one has its own props only. */
export function useFieldProps() {
  const field = useContext(FieldContext)
  return field ? { id: field.id, 'aria-describedby': field.describedBy, 'aria-invalid': field.invalid || undefined } : {}
}

export const boxStyle =
  'flex min-w-0 items-center gap-2 rounded-md border border-control bg-surface px-2.5 text-sm focus-within:border-accent focus-within:ring-2 focus-within:ring-accent-line has-aria-invalid:border-fail-solid'
const heights = { 28: 'h-7', 32: 'h-8 max-sm:h-11', 36: 'h-9 max-sm:h-11' } as const

export interface InputProps extends Omit<ComponentProps<'input'>, 'size'> {
  size?: 28 | 32 | 36
  /** Inside the box, before and after what is typed: an icon, a unit, a button. */
  before?: ReactNode
  after?: ReactNode
  mono?: boolean
}

export const Input = ({ size = 32, before, after, mono, className, ...rest }: InputProps) => (
  <span className={cn(boxStyle, heights[size], className)}>
    {before}
    <input
      {...useFieldProps()}
      className={cn('h-full min-w-0 flex-1 bg-transparent outline-none placeholder:text-ink-3', mono && 'font-mono sm:text-xs')}
      {...rest}
    />
    {after}
  </span>
)

/** An Input whose text can be shown. */
export function PasswordInput(props: Omit<InputProps, 'type' | 'after'>) {
  const { labels } = useUi()
  const [shown, setShown] = useState(false)
  const Icon = shown ? EyeOff : Eye
  return (
    <Input
      {...props}
      type={shown ? 'text' : 'password'}
      after={
        <button
          type="button"
          aria-label={shown ? labels.hidePassword : labels.showPassword}
          aria-pressed={shown}
          className="-mr-1 inline-flex size-6 items-center justify-center rounded-sm text-ink-3 hover:text-ink"
          onClick={() => setShown(!shown)}
        >
          <Icon aria-hidden className="size-4" strokeWidth={1.6} />
        </button>
      }
    />
  )
}

export const Textarea = ({ mono, className, ...rest }: ComponentProps<'textarea'> & { mono?: boolean }) => (
  <span className={cn(boxStyle, 'px-0', className)}>
    <textarea
      {...useFieldProps()}
      className={cn('min-h-16 w-full bg-transparent px-2.5 py-1.5 outline-none placeholder:text-ink-3', mono && 'font-mono sm:text-xs')}
      {...rest}
    />
  </span>
)
