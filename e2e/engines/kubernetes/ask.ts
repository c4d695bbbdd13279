import { request } from 'node:https'

export interface Answer {
  status: number
  text: string
}

interface Server {
  url: string
  /** PEM. */
  ca: string
  token: string
}

/** Asks an API server without a program of its own for every question; null when it does not answer. */
export const answerOf = ({ url, ca, token }: Server, method: string, path: string, body?: unknown): Promise<Answer | null> =>
  new Promise((resolve) => {
    const headers = { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) }
    const asked = request(new URL(path, url), { method, ca, headers, agent: false }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => (text += part))
      answer.on('error', () => resolve(null)).on('end', () => resolve({ status: answer.statusCode!, text }))
    })
    asked.on('error', () => resolve(null)).end(body === undefined ? undefined : JSON.stringify(body))
  })
