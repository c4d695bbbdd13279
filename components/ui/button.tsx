'use client'

import type { VariantProps } from 'class-variance-authority'
import { Lock, type LucideIcon } from 'lucide-react'
import Link from 'next/link'
import { useId, type ComponentProps, type MouseEvent, type ReactNode } from 'react'
import { buttonStyle, disabledStyle } from './button-style.ts'
import { cn } from './cn.ts'
import { StateGlyph } from './state-glyph.tsx'
import { Tooltip } from './tooltip.tsx'

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
