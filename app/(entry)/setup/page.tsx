import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ChoosePasswordForm } from '#components/entry/choose-password-form.tsx'
import { SetupForm } from '#components/entry/setup-form.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { readLink } from '#lib/access/index.ts'
import { Frame, knownSetUp } from '../frame.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('entry.setup'))('pageTitle'),
  // The token stands in the address: no page that is opened from here may learn it.
  referrer: 'no-referrer',
})

/** Behind every one-time link: an administrator's account, an invitation, a new password. */
export default async function SetupPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const [t, tJoin, { token }, setUp] = await Promise.all([
    getTranslations('entry.setup'),
    getTranslations('entry.join'),
    searchParams,
    knownSetUp(),
  ])
  const known = setUp !== null && typeof token === 'string' ? { token, link: await readLink(token) } : null
  if (known?.link?.person) {
    const { purpose, person } = known.link
    return (
      <Frame healthy>
        <Heading title={tJoin(`${purpose}.title`, { name: person.name })} text={tJoin(`${purpose}.text`)} />
        <ChoosePasswordForm token={known.token} login={person.login} />
      </Frame>
    )
  }
  if (known?.link)
    return (
      <Frame healthy>
        <Heading title={t(setUp ? 'anotherTitle' : 'title')} text={t('text')} />
        <SetupForm token={known.token} />
      </Frame>
    )
  return (
    <Frame healthy={setUp !== null}>
      <Heading title={t('usedTitle')} text={t(setUp ? 'doneText' : 'usedText')} />
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
