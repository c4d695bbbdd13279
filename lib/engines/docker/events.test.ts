import { expect, it } from 'vitest'
import { touchedBy, type SaidEvent } from './events.ts'
import { EventReply } from './replies.ts'

it('events say what to read again', () => {
  const said = (Type: string, Action: string, ID: string, Attributes = {}): SaidEvent => ({
    cursor: '1',
    event: EventReply.parse({ Type, Action, time: 1, Actor: { ID, Attributes } }),
  })
  const touched = touchedBy(
    [
      said('container', 'start', 'a'),
      said('container', 'start', 'a'),
      said('container', 'exec_die', 'well'),
      said('container', 'exec_die', 'ill'),
      said('network', 'connect', 'n', { container: 'b' }),
      said('volume', 'create', 'v'),
      said('container', 'commit', 'c'),
    ],
    (id) => id === 'ill',
  )
  expect([...touched.containers]).toEqual(['a', 'ill', 'b', 'c'])
  expect([...touched.kinds]).toEqual(['docker/volumes', 'docker/images'])
})
