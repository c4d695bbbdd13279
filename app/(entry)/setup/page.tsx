import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { SetupForm } from '#components/entry/setup-form.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { isSetupLinkUsable } from '#lib/access/index.ts'
import { Frame, knownSetUp } from '../frame.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('entry.setup'))('title'),
  // The token stands in the address: no page that is opened from here may learn it.
  referrer: 'no-referrer',
})

/** Behind the one-time link. */
export default async function SetupPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const [t, { token }, setUp] = await Promise.all([getTranslations('entry.setup'), searchParams, knownSetUp()])
  const usable = setUp !== null && typeof token === 'string' && (await isSetupLinkUsable(token))
  if (usable)
    return (
      <Frame healthy>
        <Heading title={t(setUp ? 'anotherTitle' : 'title')} text={t('text')} />
        <SetupForm token={token} />
      </Frame>
    )
  return (
    <Frame healthy={setUp !== null}>
      <Heading title={t(setUp ? 'doneTitle' : 'usedTitle')} text={t(setUp ? 'doneText' : 'usedText')} />
      <ButtonLink href="/sign-in" size={36} className="mt-6">
        {t('toSignIn')}
      </ButtonLink>
    </Frame>
  )
}

const Heading = ({ title, text }: { title: string; text: string }) => (
  <>
    <h1 className="text-2xl font-semibold tracking-[-0.02em]">{title}</h1>
    <p className="mt-1.5 text-base text-ink-2">{text}</p>
  </>
)
