import type { Engine } from '../engine.ts'
import { addressOf, DockerSecrets, DockerSettings } from './address.ts'
import { connectDocker } from './connection.ts'
import { discoverDocker } from './discover.ts'
import { kinds } from './kinds/index.ts'

/** Docker 20.10 and newer, also what speaks its API. */
export const docker: Engine = {
  name: 'docker',
  title: 'Docker',
  kinds,
  connection: { settings: DockerSettings, secrets: DockerSecrets },
  addressOf: (settings) => addressOf(DockerSettings.parse(settings)),
  discover: discoverDocker,
  connect: connectDocker,
}
