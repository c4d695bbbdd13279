import { z } from 'zod'
import { EnvironmentId } from '../inputs.ts'
import { operation } from '../operation.ts'
import { connectedAs, ConnectionInput, probe, readReach } from './connection.ts'
import { findEnvironment } from './rows.ts'
import { ConnectedAs, Probe } from './schemas.ts'

export const testEnvironment = operation({
  name: 'environments.test',
  summary: 'Asks an engine who it is, before anything is saved; the error is the exact reason why it does not answer',
  requires: 'administrator',
  input: z.object({
    engine: z.string().max(50),
    ...ConnectionInput,
    /** Of an environment that is being changed: secrets that are not given are those it has. */
    environment: EnvironmentId.optional(),
  }),
  output: z.object({ probe: Probe, connectedAs: ConnectedAs }),
  changes: true,
  async run({ actor, signal }, { engine, environment, ...given }) {
    const kept = environment === undefined ? null : (await findEnvironment(actor, environment)).secrets
    const found = await probe(readReach(engine, given, kept), signal)
    const other = await connectedAs(found.engineId)
    return { probe: found, connectedAs: other?.id === environment ? null : other }
  },
})
