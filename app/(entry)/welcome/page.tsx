import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { FirstRunFrame } from '#components/entry/first-run-frame.tsx'
import { Welcome } from '#components/environments/welcome/welcome.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { holdsEverywhere } from '#lib/access/index.ts'
import { engines } from '#lib/engines/index.ts'
import { listEnvironments } from '#lib/operations/environments/list.ts'
import { currentActor } from '../../current-actor.ts'
import { runOperation } from '../../run-operation.ts'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('welcome'))('title') })

/** After the first account, and whenever somebody wants to look at this machine again. */
export default async function WelcomePage() {
  // Leads to sign-in and back when nobody is there.
  const { value: environments } = await runOperation(listEnvironments, {})
  const [t, actor] = await Promise.all([getTranslations('welcome'), currentActor()])
  const allowed = actor !== null && holdsEverywhere(actor, 'administrator')
  return (
    <FirstRunFrame empty={environments?.rows.length === 0}>
      {allowed ? (
        <Welcome kinds={engines.flatMap((engine) => engine.kinds.map(({ name, singular, plural }) => ({ name, singular, plural })))} />
      ) : (
        <>
          <h1 className="sr-only">{t('title')}</h1>
          <Notice tone="forbidden" title={`${t('forbidden')}.`}>
            {t('forbiddenText')}
          </Notice>
        </>
      )}
    </FirstRunFrame>
  )
}
