'use client'

import { Menu as Base } from '@base-ui/react/menu'
import { Check, type LucideIcon } from 'lucide-react'
import Link from 'next/link'
import type { ReactElement, ReactNode } from 'react'
import { cn } from './cn.ts'
import { floatingStyle } from './popover.tsx'

interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement
  /** MenuItem, MenuLink, MenuChoice, MenuGroup, MenuSeparator. */
  children: ReactNode
  side?: 'top' | 'right' | 'bottom' | 'left'
  align?: 'start' | 'center' | 'end'
  className?: string
}

export const Menu = ({ trigger, children, side = 'bottom', align = 'start', className }: MenuProps) => (
  <Base.Root>
    <Base.Trigger render={trigger} />
    <Base.Portal>
      <Base.Positioner side={side} align={align} sideOffset={4} collisionPadding={8} className="z-40">
        <Base.Popup className={cn(floatingStyle, 'max-h-(--available-height) min-w-44 max-w-80 overflow-y-auto p-1', className)}>
          {children}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
)

const itemStyle =
  'flex min-h-7 cursor-default items-center gap-2 rounded-sm px-2 py-1 text-sm text-ink-2 outline-none select-none data-highlighted:bg-hover data-highlighted:text-ink max-sm:min-h-11'

interface MenuItemProps {
  icon?: LucideIcon
  children: ReactNode
  /** At the right: keys, a count. */
  aside?: ReactNode
  /** Why it cannot be used now. It stays reachable and says so under its name. */
  disabledReason?: ReactNode
  danger?: boolean
  onSelect?: () => void
}

export function MenuItem({ icon: Icon, children, aside, disabledReason, danger, onSelect }: MenuItemProps) {
  const off = Boolean(disabledReason)
  return (
    <Base.Item
      className={cn(
        itemStyle,
        danger && !off && 'text-fail data-highlighted:bg-fail-wash data-highlighted:text-fail',
        off && 'items-start text-ink-3',
      )}
      aria-disabled={off || undefined}
      closeOnClick={!off}
      onClick={off ? undefined : onSelect}
    >
      {Icon && <Icon aria-hidden className={cn('size-4 flex-none opacity-80', off && 'mt-0.5')} strokeWidth={1.6} />}
      <span className="min-w-0 flex-1">
        <span className="block truncate">{children}</span>
        {off && <span className="block text-xs text-ink-3">{disabledReason}</span>}
      </span>
      {aside && <span className="flex-none text-xs text-ink-3">{aside}</span>}
    </Base.Item>
  )
}

export const MenuLink = ({
  icon: Icon,
  href,
  children,
  aside,
  current,
}: {
  icon?: LucideIcon
  href: string
  children: ReactNode
  aside?: ReactNode
  current?: boolean
}) => (
  <Base.LinkItem className={itemStyle} closeOnClick aria-current={current ? 'page' : undefined} render={<Link href={href} />}>
    {Icon && <Icon aria-hidden className="size-4 flex-none opacity-80" strokeWidth={1.6} />}
    <span className="flex min-w-0 flex-1 items-center gap-2 truncate">{children}</span>
    {aside && <span className="flex-none text-xs text-ink-3">{aside}</span>}
    {current && <Check aria-hidden className="size-3.5 flex-none" strokeWidth={2} />}
  </Base.LinkItem>
)

interface MenuChoiceProps<T extends string> {
  label: ReactNode
  value: T
  options: readonly { value: T; label: ReactNode; icon?: LucideIcon }[]
  onChange: (value: T) => void
}

/** One of several, with a tick. */
export const MenuChoice = <T extends string>({ label, value, options, onChange }: MenuChoiceProps<T>) => (
  <Base.RadioGroup value={value} onValueChange={(next) => onChange(next as T)}>
    <MenuLabel>{label}</MenuLabel>
    {options.map((option) => (
      <Base.RadioItem key={option.value} value={option.value} className={itemStyle}>
        {option.icon && <option.icon aria-hidden className="size-4 flex-none opacity-80" strokeWidth={1.6} />}
        <span className="min-w-0 flex-1 truncate">{option.label}</span>
        <Base.RadioItemIndicator>
          <Check aria-hidden className="size-3.5" strokeWidth={2} />
        </Base.RadioItemIndicator>
      </Base.RadioItem>
    ))}
  </Base.RadioGroup>
)

/** Any of several, each with a tick; stays open. */
export const MenuCheck = ({
  checked,
  onChange,
  children,
}: {
  checked: boolean
  onChange: (checked: boolean) => void
  children: ReactNode
}) => (
  <Base.CheckboxItem checked={checked} onCheckedChange={onChange} closeOnClick={false} className={itemStyle}>
    <span className="flex size-3.5 flex-none items-center">
      <Base.CheckboxItemIndicator>
        <Check aria-hidden className="size-3.5" strokeWidth={2} />
      </Base.CheckboxItemIndicator>
    </span>
    <span className="min-w-0 flex-1 truncate">{children}</span>
  </Base.CheckboxItem>
)

const MenuLabel = ({ children }: { children: ReactNode }) => (
  <div className="px-2 pt-1.5 pb-0.5 text-2xs font-medium text-ink-3">{children}</div>
)

export const MenuSeparator = () => <Base.Separator className="my-1 h-px bg-line" />
