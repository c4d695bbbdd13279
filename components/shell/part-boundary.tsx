'use client'

import { RotateCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Component, type ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'

interface PartBoundaryProps {
  children: ReactNode
  /** Where the notice stands. */
  className?: string
}

/** Round what is loaded when it is first asked for: when it does not come, the page stays and says so. */
export class PartBoundary extends Component<PartBoundaryProps, { failed: boolean }> {
  override state = { failed: false }
  static getDerivedStateFromError = () => ({ failed: true })
  override render() {
    return this.state.failed ? <PartFailed className={this.props.className} /> : this.props.children
  }
}

function PartFailed({ className }: { className?: string }) {
  const t = useTranslations('shell.partFailed')
  return (
    <Notice
      live
      tone="failed"
      title={t('title')}
      className={className}
      actions={
        // A part that failed once is not asked for again before the page is loaded anew.
        <Button icon={RotateCw} onClick={() => location.reload()}>
          {t('again')}
        </Button>
      }
    >
      {t('text')}
    </Notice>
  )
}
