'use client'

import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { cn } from './cn.ts'
import { useUi } from './provider.tsx'

// What machines append: `-7bb8f6c4d9-rw6vd` of a ReplicaSet's pod, `-rw6vd`, or a digest. Letters alone are words.
const generated = /(?:-(?=[a-z0-9]*\d)[a-z0-9]{5,10})?-(?=[a-z0-9]*\d)[a-z0-9]{5}$|[-_.][0-9a-f]{12,64}$|(?<=^.{8})[0-9a-f]{24,}$/

/** The stem a person chose and the suffix a machine made: `checkout-api` and `-7bb8f6c4d9-rw6vd`. */
export function splitName(name: string): { stem: string; suffix: string } {
  const at = name.search(generated)
  return at > 0 ? { stem: name.slice(0, at), suffix: name.slice(at) } : { stem: name, suffix: '' }
}

interface NameProps {
  children: string
  /** Offers to copy the full name. */
  copy?: boolean
  className?: string
}

/** A name in full weight, its generated suffix in grey; too long, it is cut inside the suffix and never in the stem. */
export function Name({ children, copy, className }: NameProps) {
  const { stem, suffix } = splitName(children)
  const tail = suffix.slice(-5)
  const middle = suffix.slice(0, -5)
  return (
    <span className={cn('inline-flex min-w-0 max-w-full items-baseline', className)} title={children}>
      <span className={suffix ? 'flex-none' : 'truncate'}>{stem}</span>
      {suffix && (
        <>
          <span className="min-w-4 truncate text-ink-3">{middle}</span>
          <span className="flex-none text-ink-3">{tail}</span>
        </>
      )}
      {copy && <CopyButton text={children} className="ml-1 self-center" />}
    </span>
  )
}

/** Copies `text` and says so in its place. */
export function CopyButton({ text, className }: { text: string; className?: string }) {
  const { labels } = useUi()
  const [copied, setCopied] = useState(false)
  const Icon = copied ? Check : Copy
  return (
    <button
      type="button"
      aria-label={copied ? labels.copied : labels.copy}
      title={copied ? labels.copied : labels.copy}
      className={cn('inline-flex size-6 flex-none items-center justify-center rounded-sm text-ink-3 hover:text-ink', className)}
      onClick={(event) => {
        event.stopPropagation()
        void navigator.clipboard.writeText(text).then(() => setCopied(true))
      }}
      onBlur={() => setCopied(false)}
      onMouseLeave={() => setCopied(false)}
    >
      <Icon aria-hidden className="size-3.5" strokeWidth={1.6} />
    </button>
  )
}
