import type { Client, ClientBase } from 'pg'

/** So long at the most for what may take minutes: a first list of a big cluster, an index, a backup. */
const patienceMs = 600_000

const patient = new WeakSet<ClientBase>()

/** A socket's own words for it, so that node-postgres and Prisma both take the connection for lost. */
const noAnswer = () =>
  Object.assign(new Error('Connection terminated: the database did not answer in time.'), {
    code: 'ETIMEDOUT',
    errno: -110,
    syscall: 'read',
  })

/**
 * Cuts a connection on which a query got no answer for so long: a database that hangs says nothing, not even that the
 * connection is lost. Whether the query was done is then not known, as with every lost connection.
 */
export function boundAnswers(client: ClientBase, withinMs: number): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown
  let timer: NodeJS.Timeout | undefined
  const bounded = (...args: unknown[]) => {
    clearTimeout(timer)
    timer = setTimeout(() => (client as Client).connection.stream.destroy(noAnswer()), patient.has(client) ? patienceMs : withinMs)
    return query(...args)
  }
  client.on('drain', () => clearTimeout(timer))
  client.on('end', () => clearTimeout(timer))
  Object.assign(client, { query: bounded })
}

/** What is asked on this connection may take long, until the answer is called. */
export function patiently(client: ClientBase): () => void {
  patient.add(client)
  return () => void patient.delete(client)
}
