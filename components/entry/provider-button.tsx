import { KeyRound } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { buttonStyle } from '#components/ui/button-style.ts'
import { Notice } from '#components/ui/notice.tsx'
import type { OidcProblem } from '#lib/model/oidc.ts'

interface ProviderButtonProps {
  /** What the provider is called, and where it is. */
  name: string
  issuer: string
  /** Where to go afterwards. */
  back: string
  /** Why the last sign-in with it came to nothing, or ended. */
  problem: OidcProblem | null
}

/** Sign-in with the organisation's own accounts. A link, so that it works before any script does. */
export async function ProviderButton({ name, issuer, back, problem }: ProviderButtonProps) {
  const t = await getTranslations('entry.signIn.provider')
  const { host } = new URL(issuer)
  return (
    <div className="mt-7">
      {problem && (
        <Notice
          tone={problem === 'oidc_unreachable' ? 'stale' : 'failed'}
          title={t(`problems.${problem}.title`, { name })}
          className="mb-4"
        >
          {t(`problems.${problem}.text`, { name })}
        </Notice>
      )}
      <a
        href={`/api/auth/oidc?callbackUrl=${encodeURIComponent(back)}`}
        className={buttonStyle({ variant: 'primary', size: 36, className: 'w-full min-w-0' })}
      >
        <KeyRound aria-hidden className="size-4 flex-none opacity-80" strokeWidth={1.6} />
        <span className="truncate">{t('button', { name })}</span>
      </a>
      <p className="mt-2 text-xs text-ink-3 [overflow-wrap:anywhere]">{t('by', { host })}</p>
      <p className="mt-6 flex items-center gap-3 text-xs text-ink-3 before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        {t('or')}
      </p>
    </div>
  )
}
