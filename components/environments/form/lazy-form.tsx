'use client'

import dynamic from 'next/dynamic'
import { Panel } from '#components/ui/panel.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'

const Waiting = () => (
  <div className="max-w-3xl" aria-busy>
    <Panel>
      <SkeletonRows count={6} />
    </Panel>
  </div>
)

/** The form of an environment, there as soon as it listens: nothing can be typed into it that it would not know of. */
export const EnvironmentForm = dynamic(() => import('./environment-form.tsx').then((module) => module.EnvironmentForm), {
  ssr: false,
  loading: Waiting,
})
