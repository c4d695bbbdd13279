import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { Problem } from './say.mjs'

function tryListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve(error.code))
    server.listen(port, host, () => server.close(() => resolve(null)))
  })
}

/** Refuses a port that cannot be had. `patienceMs`: how long the programs of a killed start may take to leave it. */
export async function checkPort(port, host, patienceMs) {
  const deadline = Date.now() + patienceMs
  for (;;) {
    const code = await tryListen(port, host)
    if (code === null) return
    if (code === 'EADDRINUSE' && Date.now() < deadline) await wait(200)
    else throw new Problem(explain(code, port, host))
  }
}

function explain(code, port, host) {
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use by another program. Set PORT to a free one, for example PORT=${port + 1} npm start.`
  if (code === 'EACCES') return `This user may not listen on port ${port}. Set PORT to one above 1023.`
  return `Portolan cannot listen on ${host}: ${code}. Set HOST to an address of this machine.`
}
