import ssh2, { type AnyAuthMethod, type KnownPublicKeys, type ParsedKey, type SigningRequestOptions, type SignCallback } from 'ssh2'
import type { DockerSecrets, SshSettings } from '../address.ts'
import { agentEmpty, agentMissing, agentSilent, keyMissing, keyTooSlow, keyUnreadable } from './failures.ts'
import { keyRounds } from './key-rounds.ts'

const { OpenSSHAgent, utils } = ssh2

/** ssh-keygen takes 16 or 24 unless told otherwise. */
const mostRounds = 128

/** SHA-1 is all that ssh2 finds in common with a server of before 2016; nothing is signed with it. */
const weak = (hash: string | undefined): boolean => hash === 'sha1'
const noSha1 = () => new Error('The server knows only signatures by SHA-1.')

class Agent extends OpenSSHAgent {
  // With options is the only way in which ssh2's client calls it.
  override sign(
    key: ParsedKey | Buffer | string,
    data: Buffer,
    options?: SigningRequestOptions | SignCallback,
    done?: SignCallback,
  ): boolean {
    const given = options as SigningRequestOptions
    if (!weak(given.hash)) return super.sign(key, data, given, done)
    done?.(noSha1())
    return false
  }
}

/** Reads the private key, which takes a moment when it has a passphrase. Throws invalid_input. */
function readKey({ sshKey, passphrase }: DockerSecrets): ParsedKey {
  if (!sshKey) throw keyMissing()
  if (keyRounds(sshKey) > mostRounds) throw keyTooSlow(mostRounds)
  const read = utils.parseKey(sshKey, passphrase)
  const key = Array.isArray(read) ? read[0] : read
  if (!key || key instanceof Error) throw keyUnreadable(key?.message ?? '', passphrase !== undefined)
  if (!key.isPrivateKey()) throw keyUnreadable('', false)
  const sign = key.sign.bind(key)
  // ssh2 takes an error for an answer here, though its types do not say so.
  key.sign = (data: Buffer | string, hash?: string) => (weak(hash) ? (noSha1() as unknown as Buffer) : sign(data, hash))
  return key
}

async function openAgent(path: string | undefined): Promise<Agent> {
  if (!path) throw agentMissing()
  const agent = new Agent(path)
  const keys = await new Promise<KnownPublicKeys>((resolve, reject) => {
    agent.getIdentities((failure, found) => (failure ? reject(agentSilent(failure)) : resolve(found ?? [])))
  })
  if (keys.length === 0) throw agentEmpty()
  return agent
}

/** The one way to sign in that a person chose; made once for a connection. Throws invalid_input, engine_denied. */
export function makeSignIn(settings: SshSettings, secrets: DockerSecrets, agentPath: string | undefined): () => Promise<AnyAuthMethod> {
  const { user: username, signIn } = settings
  let key: ParsedKey | undefined
  return async () =>
    signIn === 'agent'
      ? { type: 'agent', username, agent: await openAgent(agentPath) }
      : { type: 'publickey', username, key: (key ??= readKey(secrets)) }
}
