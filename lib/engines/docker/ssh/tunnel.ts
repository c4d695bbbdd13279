import { createHash } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import ssh2, { type AnyAuthMethod, type ClientChannel } from 'ssh2'
import { isAppError, type AppError } from '../../../errors/index.ts'
import { settings as ourSettings } from '../../../settings.ts'
import type { HostKey } from '../../engine.ts'
import type { DockerSecrets, SshSettings } from '../address.ts'
import { timedOut } from '../../common/failures.ts'
import { addressOf } from '../address.ts'
import { translateFailure } from '../failures.ts'
import { describeSsh, hostKeyChanged, notForwarded } from './failures.ts'
import { Forwarded, type Carrier } from './forwarded.ts'
import { makeSignIn } from './sign-in.ts'

/** ssh2's own defaults without SHA-1: it would still take `ssh-rsa` as a host's key and `hmac-sha1`. It has no CBC among them. */
const algorithms = {
  serverHostKey: ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521', 'rsa-sha2-512', 'rsa-sha2-256'],
  hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'],
  compress: ['none'],
} satisfies ssh2.Algorithms

/** A connection whose other end vanished is found out by so many questions without an answer, in 15 s. */
const unanswered = 2
const askEveryMs = 5_000

interface Session {
  client: ssh2.Client
  socket: Socket
  streams: Set<Forwarded>
}

/**
 * One SSH connection to a machine, and as many connections through it to a socket there as are asked for. It is made
 * when the first is, and anew after it broke. No command is run on the other side: sshd itself opens the socket.
 */
export class SshTunnel {
  /** What the machine showed when it was reached last. */
  hostKey: HostKey | undefined
  readonly #settings: SshSettings
  readonly #timeoutMs: number
  readonly #signIn: () => Promise<AnyAuthMethod>
  #session: Promise<Session> | null = null

  constructor(settings: SshSettings, secrets: DockerSecrets, timeoutMs: number) {
    this.#settings = settings
    this.#timeoutMs = timeoutMs
    this.#signIn = makeSignIn(settings, secrets, ourSettings().sshAuthSock)
  }

  /** A connection to the engine's socket. Fails with an AppError. */
  readonly open = (): Forwarded => new Forwarded((stream) => this.#carry(stream))

  close(): void {
    const session = this.#session
    this.#session = null
    session?.then(
      ({ client }) => client.destroy(),
      // Whoever waited for it has been told.
      () => undefined,
    )
  }

  async #carry(stream: Forwarded): Promise<Carrier> {
    const { client, socket, streams } = await this.#connected()
    streams.add(stream)
    stream.once('close', () => streams.delete(stream))
    const channel = await new Promise<ClientChannel>((resolve, reject) => {
      client.openssh_forwardOutStreamLocal(this.#settings.path, (failure, opened) =>
        failure ? reject(notForwarded(failure, this.#settings) ?? this.#explain(failure)) : resolve(opened),
      )
    })
    return { channel, whenWritable: (done) => void (socket.writableNeedDrain ? socket.once('drain', done) : done()) }
  }

  #connected(): Promise<Session> {
    if (this.#session) return this.#session
    const session = this.#dial(() => {
      if (this.#session === session) this.#session = null
    })
    this.#session = session
    return session
  }

  /** Connects and signs in; calls `onLost` once it did not come about or is over. */
  async #dial(onLost: () => void): Promise<Session> {
    const method = await this.#signIn().catch((failure: unknown) => {
      onLost()
      throw failure
    })
    const { host, port, user: username } = this.#settings
    const client = new ssh2.Client()
    const socket = connect({ host, port, noDelay: true }).setMaxListeners(0)
    const streams = new Set<Forwarded>()
    const left = [method]
    let why: AppError | null = null
    return new Promise((resolve, reject) => {
      const lost = (failure: unknown) => {
        // The first failure is the reason; what follows from it is not.
        why ??= this.#explain(failure)
        onLost()
        reject(why)
        for (const stream of streams) stream.destroy(why)
        socket.destroy()
      }
      client
        .once('ready', () => resolve({ client, socket, streams }))
        .on('error', lost)
        .once('close', () => lost(new Error('the connection was closed')))
        .connect({
          sock: socket,
          username,
          algorithms,
          // Asked again when the way before did not lead in, or not all the way; false ends it, which the types do not know.
          authHandler: (_left, _partial, next) => next((left.shift() ?? false) as AnyAuthMethod),
          hostVerifier: (key: Buffer) => {
            why ??= this.#refuseHost(key)
            return why === null
          },
          readyTimeout: this.#timeoutMs,
          keepaliveInterval: askEveryMs,
          keepaliveCountMax: unanswered,
        })
      socket.on('data', () => {
        for (const stream of streams) if (stream.isFlooded) lost(new Error('more was sent than was asked for'))
      })
    })
  }

  /** What is wrong with the key that a host shows; null when it is the pinned one, or when none is pinned. */
  #refuseHost(key: Buffer): AppError | null {
    const { host, hostKey: pinned } = this.#settings
    const fingerprint = `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`
    const length = key.readUInt32BE(0)
    this.hostKey = { fingerprint, type: key.toString('latin1', 4, 4 + length), pinned: pinned !== undefined }
    return pinned === undefined || pinned === fingerprint ? null : hostKeyChanged(host, pinned, fingerprint)
  }

  #explain(failure: unknown): AppError {
    if (isAppError(failure)) return failure
    if (/waiting for handshake/.test((failure as Error).message)) return timedOut(addressOf(this.#settings), this.#timeoutMs)
    return describeSsh(failure, this.#settings) ?? translateFailure(failure, this.#settings, false)
  }
}
