import { z } from 'zod'
import { AppError } from '../../errors/index.ts'
import type { Operation } from '../../operations/operation.ts'
import { admit, parseInput } from '../../operations/perform.ts'
import type { Hub } from '../hub.ts'
import type { Channel } from './channel.ts'

const Params = z.object({ operation: z.string().max(100), input: z.unknown().optional() })

/** Lists that stay true: the same operation, run again by the hub whenever something changed. */
export function rowsChannel(hub: () => Hub, operationOf: (name: string) => Operation | undefined): Channel {
  const read = (raw: unknown) => {
    const { operation: name, input } = parseInput(Params, raw)
    const operation = operationOf(name)
    if (!operation) throw new AppError('not_found', `There is no operation ${name}.`)
    return { operation, input: input ?? {} }
  }
  return {
    name: 'rows',
    reopensWithRights: true,
    async authorise(actor, params) {
      const { operation, input } = read(params)
      admit(operation, actor, input)
    },
    async open(actor, params, sink, signal) {
      const { operation, input } = read(params)
      const following = hub().follow(operation, input, actor, sink)
      const poke = sink.onReady(() => following.poke())
      signal.addEventListener('abort', () => {
        poke()
        following.close()
      })
    },
  }
}
