import { z } from 'zod'
import { recordActivity } from '../../access/index.ts'
import { claimSetupLink } from '../../access/setup.ts'
import { Login, Password, PersonName } from '../../model/person.ts'
import { publicOperation } from '../operation.ts'

export const claimSetup = publicOperation({
  name: 'setup.claim',
  summary:
    'Makes an administrator, the first or one more, with a one-time link of the server; sign in with the same login and password then',
  input: z.object({ token: z.string().min(1).max(200), login: Login, name: PersonName, password: Password }),
  output: z.object({ login: z.string() }),
  changes: true,
  async run({ now, requestId }, { token, ...claim }) {
    const { userId } = await claimSetupLink(token, claim, now())
    await recordActivity({ userId, name: claim.name }, { verb: 'setup.claim', name: claim.name, requestId }, async () => undefined)
    return { login: claim.login }
  },
})
