import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { SignInForm } from '#components/entry/sign-in-form.tsx'
import { outcomeOf } from '#components/entry/sign-in.ts'
import { ProviderButton } from '#components/entry/provider-button.tsx'
import { PageComesBack } from '#components/states/page-comes-back.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { problemOf } from '#lib/access/oidc/held.ts'
import { isOidcProblem } from '#lib/model/oidc.ts'
import { safePath } from '#lib/model/safe-path.ts'
import { settings } from '#lib/settings.ts'
import { actorIfKnown } from '../../current-actor.ts'
import { Frame, knownSetUp } from '../frame.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('entry.signIn'))('title') })

export default async function SignInPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const [t, entry, params, setUp] = await Promise.all([
    getTranslations('entry.signIn'),
    getTranslations('entry'),
    searchParams,
    knownSetUp(),
  ])
  const text = (value: string | string[] | undefined) => (typeof value === 'string' ? value : null)
  const back = text(params.callbackUrl)
  const error = text(params.error)
  if (setUp !== null && (await actorIfKnown())) redirect(safePath(back))
  const { oidc, sessionHours } = settings()
  const problem = isOidcProblem(error) ? error : oidc && setUp !== null ? await problemOf(new Headers(await headers()), new Date()) : null
  return (
    <Frame healthy={setUp !== null}>
      <h1 className="text-2xl font-semibold tracking-[-0.02em]">{t('title')}</h1>
      <p className="mt-1.5 text-base text-ink-2">{safePath(back) === '/' ? entry('tagline') : t('back')}</p>
      {oidc && <ProviderButton name={oidc.name} issuer={oidc.issuer} back={safePath(back)} problem={problem} />}
      {setUp === false ? (
        <Notice tone="info" title={t('notSetUp')} className="mt-6">
          {t('notSetUpText')}
        </Notice>
      ) : (
        <>
          {setUp === null && <PageComesBack />}
          <SignInForm back={back} initial={error && !problem ? outcomeOf(error) : null} second={oidc !== null} />
          <p className="mt-4 text-xs text-ink-3">{t('keep', { hours: sessionHours })}</p>
          <p className="mt-2 text-xs text-ink-3">{t('forgotten')}</p>
        </>
      )}
    </Frame>
  )
}
