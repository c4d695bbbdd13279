import { z } from 'zod'
import { choosePassword } from '../../access/choose-password.ts'
import { recordActivity } from '../../access/index.ts'
import { Password } from '../../model/person.ts'
import { publicOperation } from '../operation.ts'

export const choosePasswordOperation = publicOperation({
  name: 'setup.choosePassword',
  summary: 'Sets a password with the one-time link of an invitation or a reset; ends every session its person had',
  input: z.object({ token: z.string().min(1).max(200), password: Password }),
  output: z.object({ login: z.string() }),
  changes: true,
  async run({ now, requestId }, { token, password }) {
    const { userId, name, login, purpose } = await choosePassword(token, password, now())
    const verb = purpose === 'invitation' ? 'profile.join' : 'profile.recover'
    await recordActivity({ userId, name }, { verb, name, requestId }, async () => undefined)
    return { login }
  },
})
