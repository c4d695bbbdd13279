'use client'

import { cva, type VariantProps } from 'class-variance-authority'
import { Lock, type LucideIcon } from 'lucide-react'
import Link from 'next/link'
import { useId, type ComponentProps, type MouseEvent, type ReactNode } from 'react'
import { cn } from './cn.ts'
import { StateGlyph } from './state-glyph.tsx'
import { Tooltip } from './tooltip.tsx'

export const buttonStyle = cva(
  'inline-flex flex-none cursor-default items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap select-none transition-colors duration-(--duration-fast)',
  {
    variants: {
      variant: {
        primary: 'bg-ink text-on-ink hover:bg-ink/85',
        default: 'border border-line-strong bg-surface text-ink hover:bg-hover',
        quiet: 'text-ink-2 hover:bg-hover hover:text-ink',
        danger: 'border border-fail-line bg-surface text-fail hover:bg-fail-wash',
        'danger-solid': 'bg-fail-solid text-surface hover:bg-fail-solid/90 dark:text-canvas',
      },
      size: {
        24: 'h-6 px-2 text-xs max-sm:h-8',
        28: 'h-7 px-2.5 text-sm max-sm:h-9',
        32: 'h-8 px-3 text-sm max-sm:h-11',
        36: 'h-9 px-4 text-sm max-sm:h-11',
      },
    },
    defaultVariants: { variant: 'default', size: 28 },
  },
)
export const disabledStyle = 'border border-line bg-sunken text-ink-3 hover:bg-sunken hover:text-ink-3 dark:text-ink-3'

type Look = VariantProps<typeof buttonStyle>

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled'>, Look {
  icon?: LucideIcon
  /** Why it cannot be used now, as a sentence. It stays focusable and says so on hover, on focus and to readers. */
  disabledReason?: ReactNode
  /** The click is being worked on: the label stays, a second click does nothing. */
  pending?: boolean
}

/** One primary button a screen; `danger-solid` only as the last button of something that cannot be undone. */
export function Button({
  variant,
  size,
  icon: Icon,
  disabledReason,
  pending,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const reasonId = useId()
  const off = Boolean(disabledReason)
  const Mark = off && Icon ? Lock : Icon
  const guard = (event: MouseEvent<HTMLButtonElement>) => {
    if (off || pending) event.preventDefault()
    else onClick?.(event)
  }
  const button = (
    <button
      type={type}
      className={cn(buttonStyle({ variant, size }), off && disabledStyle, className)}
      aria-disabled={off || pending || undefined}
      aria-busy={pending || undefined}
      aria-describedby={off ? reasonId : undefined}
      onClick={guard}
      {...rest}
    >
      {pending ? (
        <StateGlyph health="moving" />
      ) : (
        Mark && <Mark aria-hidden className={cn('size-4 flex-none', !off && 'opacity-80')} strokeWidth={1.6} />
      )}
      {children}
    </button>
  )
  if (!off) return button
  return (
    <>
      <Tooltip content={disabledReason}>{button}</Tooltip>
      <span id={reasonId} className="sr-only">
        {disabledReason}
      </span>
    </>
  )
}

export interface ButtonLinkProps extends ComponentProps<typeof Link>, Look {
  icon?: LucideIcon
}

/** Looks like a button and goes somewhere. */
export const ButtonLink = ({ variant, size, icon: Icon, className, children, ...rest }: ButtonLinkProps) => (
  <Link className={cn(buttonStyle({ variant, size }), className)} {...rest}>
    {Icon && <Icon aria-hidden className="size-4 flex-none opacity-80" strokeWidth={1.6} />}
    {children}
  </Link>
)
