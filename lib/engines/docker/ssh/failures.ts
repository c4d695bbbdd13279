import { AppError } from '../../../errors/index.ts'
import type { Reason } from '../../../model/reason.ts'
import type { SshSettings } from '../address.ts'

/** What ssh2 says when a connection cannot be made or breaks. */
interface SshFailure extends Error {
  level?: 'client-socket' | 'client-timeout' | 'client-authentication' | 'handshake' | 'protocol' | 'agent'
}
/** Codes of SSH_MSG_CHANNEL_OPEN_FAILURE. @see https://www.rfc-editor.org/rfc/rfc4254#section-5.1 */
const openRefused: Record<number, 'forbidden' | 'failed'> = { 1: 'forbidden', 2: 'failed', 3: 'forbidden' }

const denied = (message: string, reason: Reason, cause?: unknown) => new AppError('engine_denied', message, { reason, cause })
const wrong = (message: string, reason: Reason, cause?: unknown) => new AppError('invalid_input', message, { reason, cause })

/** Why no connection came about, or null for what any connection over TCP may say. */
export function describeSsh(failure: unknown, { host, port, user, signIn }: SshSettings): AppError | null {
  const { level, message } = failure as SshFailure
  const place = `${host}:${port}`
  if (level === 'client-authentication')
    return signIn === 'agent'
      ? denied(`${host} accepts none of the agent's keys for ${user}.`, { code: 'ssh-agent-refused', params: { host, user } }, failure)
      : denied(`${host} does not accept this key for ${user}.`, { code: 'ssh-key-refused', params: { host, user } }, failure)
  if (level === 'agent') return denied('The SSH agent did not sign.', { code: 'ssh-agent-silent' }, failure)
  if (/no matching/i.test(message))
    return denied(`${place} and Portolan have no safe algorithm in common.`, {
      code: 'ssh-no-algorithm',
      params: { place },
      words: message,
    })
  if (level === 'handshake' || level === 'protocol')
    return new AppError('engine_failed', `What listens on ${place} does not speak SSH.`, {
      reason: { code: 'speaks-no-ssh', params: { place } },
      cause: failure,
    })
  return null
}

/** The machine let us in and does not pass us on to the socket. OpenSSH says "open failed" for every reason there is. */
export function notForwarded(failure: unknown, { host, user, path }: SshSettings): AppError | null {
  const why = openRefused[(failure as { reason?: number }).reason ?? 0]
  if (why === 'forbidden')
    return denied(`sshd on ${host} forbids forwarding to a socket.`, { code: 'ssh-forwarding-forbidden', params: { host } }, failure)
  if (why === 'failed')
    return new AppError(
      'engine_unreachable',
      `sshd on ${host} could not open ${path} for ${user}: Docker is not running, the socket is elsewhere, ${user} may not open it, or sshd forbids forwarding.`,
      { reason: { code: 'ssh-socket-not-opened', params: { host, path, user } }, cause: failure },
    )
  return null
}

export const hostKeyChanged = (host: string, pinned: string, shown: string): AppError =>
  denied(`${host} shows another key than the one that was saved: ${shown}, not ${pinned}.`, {
    code: 'host-key-changed',
    params: { host, pinned, shown },
  })

export const keyMissing = (): AppError => wrong('There is no private key to sign in with.', { code: 'ssh-key-missing' })
export const agentMissing = (): AppError => wrong('Portolan was started without an SSH agent.', { code: 'ssh-agent-missing' })
export const agentSilent = (cause: unknown): AppError => denied('The SSH agent does not answer.', { code: 'ssh-agent-silent' }, cause)
export const agentEmpty = (): AppError => denied('The SSH agent holds no key.', { code: 'ssh-agent-empty' })
export const keyTooSlow = (rounds: number): AppError =>
  wrong(`The private key is damaged, or its passphrase is hardened by more than ${rounds} rounds.`, {
    code: 'ssh-key-too-slow',
    params: { rounds },
  })

/** Why a private key cannot be read. The key's own text is in no message. */
export function keyUnreadable(message: string, hasPassphrase: boolean): AppError {
  if (/no passphrase given/.test(message)) return wrong('The private key needs its passphrase.', { code: 'ssh-passphrase-needed' })
  if (hasPassphrase && /integrity check failed|bad passphrase|Malformed/i.test(message))
    return wrong('The passphrase does not open the private key.', { code: 'ssh-passphrase-wrong' })
  return wrong('The private key cannot be read.', { code: 'ssh-key-unreadable' })
}
