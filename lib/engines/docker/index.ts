import { AppError } from '../../errors/index.ts'
import type { Engine } from '../engine.ts'
import { addressOf, DockerSecrets, DockerSettings } from './address.ts'
import { kinds } from './kinds/index.ts'

export const docker: Engine = {
  name: 'docker',
  title: 'Docker',
  kinds,
  connection: { settings: DockerSettings, secrets: DockerSecrets as Engine['connection']['secrets'] },
  addressOf: (settings) => addressOf(DockerSettings.parse(settings)),
  discover: async () => [],
  connect() {
    throw new AppError('unsupported', 'Connecting is not built yet.')
  },
}
