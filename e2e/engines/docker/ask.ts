import { request } from 'node:http'
import { connect } from 'node:net'

/** Asks the engine itself, without a program of its own for every question. Rejects with what it says when it refuses. */
export function askEngine<Answer>(socketPath: string, method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path, method, headers: { 'content-type': 'application/json' } }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => (text += part))
      answer.on('error', reject).on('end', () => {
        if (answer.statusCode! < 400) resolve((text ? JSON.parse(text) : undefined) as Answer)
        else reject(new Error(`${method} ${path} answered ${answer.statusCode}: ${text}`))
      })
    })
    asked.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body))
  })
}

/** Whether a dockerd is there already, and answers. */
export function answersPing(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(socket, () => probe.write('GET /_ping HTTP/1.0\r\n\r\n'))
    probe.once('data', (data) => {
      resolve(data.toString().includes(' 200 '))
      probe.destroy()
    })
    probe.once('error', () => resolve(false))
    probe.once('end', () => resolve(false))
  })
}
