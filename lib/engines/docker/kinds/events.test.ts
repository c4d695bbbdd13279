import { createTranslator } from 'use-intl/core'
import { expect, it } from 'vitest'
import { languages, messages } from '../../../i18n/messages.ts'

type Sentences = Record<string, Record<string, string>>
const sentencesOf = (language: (typeof languages)[number]) => (messages[language]['events'] as { docker: Sentences }).docker
const all = languages.flatMap((language) =>
  Object.entries(sentencesOf(language)).flatMap(([kind, actions]) =>
    Object.keys(actions).map((action) => [language, kind, action] as const),
  ),
)

/** As the browser makes them, with nothing said beside the action, and with all of it. */
function say(language: (typeof languages)[number], key: string, params: Record<string, string>): string {
  const t = createTranslator({ locale: language, messages: messages[language], onError: (error) => expect.fail(error.message) })
  return (t as (key: string, params: Record<string, string>) => string)(key, params)
}

it.each(all)('in %s, %s %s begins with the name, so that a list can leave it out', (language, kind, action) => {
  const unsaid = { exitCode: 'none', signal: 'none', status: 'none', oldName: 'none' }
  for (const params of [unsaid, { exitCode: '3', signal: '37', status: 'healthy', oldName: 'shop' }]) {
    const said = say(language, `events.docker.${kind}.${action}`, { ...params, name: 'web' })
    expect(said).toMatch(/^web \S.*[^\s.]$/)
    expect(said).not.toContain('none')
  }
})

it('names the exit code and the signal', () => {
  const said = (action: string, params: Record<string, string>) =>
    say('fr', `events.docker.containers.${action}`, { ...params, name: 'web' })
  expect(said('die', { exitCode: '3' })).toBe('web se termine avec le code de sortie 3')
  expect(said('kill', { signal: '15' })).toBe('web reçoit le signal SIGTERM')
  expect(said('kill', { signal: '37' })).toBe('web reçoit le signal 37')
})
