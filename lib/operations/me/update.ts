import { z } from 'zod'
import { actorAgain, recordActivity } from '../../access/index.ts'
import { changePassword, changeProfile } from '../../access/profile.ts'
import { AppError } from '../../errors/index.ts'
import { Me, Password, PersonName, themes } from '../../model/person.ts'
import { operation } from '../operation.ts'
import { toMe } from './read.ts'

const Input = z.object({
  name: PersonName.optional(),
  language: z.enum(['en', 'fr']).nullable().optional().meta({ description: 'null: as the browser says' }),
  theme: z.enum(themes).optional(),
  password: z
    .object({ current: z.string().max(1000), next: Password, keepSessions: z.boolean().default(false) })
    .optional()
    .meta({ description: 'Ends every other session, unless keepSessions says otherwise' }),
})

export const updateMe = operation({
  name: 'me.update',
  summary: 'Changes your name, language, theme or password',
  requires: 'signed-in',
  input: Input,
  output: Me,
  changes: true,
  sessionOnly: ['password'],
  async run({ actor, now, requestId }, { password, theme, ...profile }) {
    // Light or dark is nothing that anybody asks the audit log about.
    if (theme) await changeProfile(actor, { theme })
    if (Object.keys(profile).length)
      await recordActivity(actor, { verb: 'profile.change', name: actor.name, input: profile, requestId }, () =>
        changeProfile(actor, profile),
      )
    if (password)
      await recordActivity(actor, { verb: 'profile.password', name: actor.name, requestId }, () => changePassword(actor, password, now()))
    const changed = await actorAgain(actor.via, now())
    if (!changed) throw new AppError('unauthenticated', 'Sign in first.', { reason: { code: 'signed_out' } })
    return toMe(changed)
  },
})
