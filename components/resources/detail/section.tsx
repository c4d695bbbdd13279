import type { ReactNode } from 'react'

/** A titled part of a detail page; hairlines, no box. */
export const Section = ({ title, aside, children }: { title: ReactNode; aside?: ReactNode; children: ReactNode }) => (
  <section className="flex min-w-0 flex-col">
    <h2 className="flex h-8 flex-none items-center gap-2 text-sm font-semibold">
      {title}
      <span className="flex-1" />
      {aside}
    </h2>
    {children}
  </section>
)
