import type { IParser } from '@xterm/xterm'

/** What a program may ask a terminal by CSI: sort, state and place of the cursor, the window, modes, version, keys. */
const questions = [
  { final: 'c' },
  { prefix: '>', final: 'c' },
  { prefix: '=', final: 'c' },
  { final: 'n' },
  { prefix: '?', final: 'n' },
  { final: 't' },
  { prefix: '>', final: 't' },
  { final: 'x' },
  { intermediates: '$', final: 'p' },
  { prefix: '?', intermediates: '$', final: 'p' },
  { prefix: '>', final: 'q' },
  { prefix: '?', final: 'u' },
]
/** Titles, colours, working directory, links, clipboard. */
const orders = [0, 1, 2, 4, 5, 7, 8, 9, 10, 11, 12, 50, 52, 104, 110, 111, 112, 133, 633, 777, 1337]

/**
 * Makes a terminal draw and nothing else: what a program asks is answered by the server, once, where it has a harmless
 * answer; so whatever comes out of it was typed by a person.
 */
export function quieten(parser: IParser): void {
  const swallow = () => true
  for (const question of questions) parser.registerCsiHandler(question, swallow)
  for (const order of orders) parser.registerOscHandler(order, swallow)
  for (const intermediates of ['$', '+']) parser.registerDcsHandler({ intermediates, final: 'q' }, swallow)
}
