import { z } from 'zod'
import { holdsEverywhere, scopeOf, secretNames } from '../../access/index.ts'
import { countHealth } from '../../inventory/index.ts'
import { Environment } from '../../model/environment.ts'
import { EnvironmentId } from '../inputs.ts'
import { operation } from '../operation.ts'
import { findEnvironment, toEnvironment } from './rows.ts'

export const EnvironmentDetail = Environment.extend({
  /** How it is connected to, for its settings page; null for who may not change it. Secrets are named, never told. */
  connection: z.object({ settings: z.record(z.string(), z.unknown()), secrets: z.array(z.string()) }).nullable(),
})

export const readEnvironment = operation({
  name: 'environments.read',
  summary: 'One environment and, for administrators, its connection without secrets',
  requires: 'viewer',
  input: z.object({ environment: EnvironmentId }),
  output: EnvironmentDetail,
  changes: false,
  async run({ actor, now }, { environment }) {
    const [row, counts] = await Promise.all([findEnvironment(actor, environment), countHealth(scopeOf(actor, 'viewer'))])
    const connection = holdsEverywhere(actor, 'administrator')
      ? { settings: row.settings as Record<string, unknown>, secrets: secretNames(row.secrets) }
      : null
    return { ...toEnvironment(row, counts, now()), connection }
  },
})
