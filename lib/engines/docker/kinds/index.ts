import type { Kind } from '../../engine.ts'
import { containers } from './containers.ts'
import { events } from './events.ts'
import { images } from './images.ts'
import { networks } from './networks.ts'
import { volumes } from './volumes.ts'

/** Every kind that Docker serves. To add one: its file and its name here. */
export const kinds: readonly Kind[] = [containers, images, volumes, networks, events]
