import { cva } from 'class-variance-authority'

/** Of whatever looks like a button, without what a button can do: a page that every page carries needs no more. */
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
