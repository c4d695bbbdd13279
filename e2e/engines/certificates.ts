import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** PEM texts and the files that hold them. */
export interface Pair {
  certificate: string
  key: string
  certificateFile: string
  keyFile: string
}
export interface Authority extends Pair {
  issue(name: string, options: { altNames?: string[]; expired?: boolean; usage: 'serverAuth' | 'clientAuth' }): Promise<Pair>
}

/** Makes an authority in `directory`, with openssl, that issues certificates for tests. */
export async function makeAuthority(directory: string, name: string): Promise<Authority> {
  await mkdir(directory, { recursive: true })
  const openssl = (...args: string[]) => run('openssl', args, { cwd: directory })
  await openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30', '-subj', `/CN=${name}`,
    '-keyout', `${name}.key`, '-out', `${name}.pem`, '-addext', 'basicConstraints=critical,CA:TRUE') // prettier-ignore
  await writeFile(join(directory, `${name}.index`), '')
  await writeFile(join(directory, `${name}.serial`), '01')
  await writeFile(join(directory, `${name}.cnf`), configuration(name))
  return {
    ...(await readPair(directory, name)),
    async issue(subject, { altNames = [], expired = false, usage }) {
      const extensions = [`extendedKeyUsage=${usage}`, ...(altNames.length ? [`subjectAltName=${altNames.join(',')}`] : [])]
      await writeFile(join(directory, `${subject}.ext`), extensions.join('\n'))
      await openssl(
        'req',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-subj',
        `/CN=${subject}`,
        '-keyout',
        `${subject}.key`,
        '-out',
        `${subject}.csr`,
      )
      const [from, until] = expired ? ['20200101000000Z', '20200201000000Z'] : ['20200101000000Z', '20991231000000Z']
      await openssl('ca', '-batch', '-notext', '-config', `${name}.cnf`, '-in', `${subject}.csr`, '-out', `${subject}.pem`,
        '-extfile', `${subject}.ext`, '-startdate', from, '-enddate', until) // prettier-ignore
      return readPair(directory, subject)
    },
  }
}

async function readPair(directory: string, name: string): Promise<Pair> {
  const certificateFile = join(directory, `${name}.pem`)
  const keyFile = join(directory, `${name}.key`)
  return { certificateFile, keyFile, certificate: await readFile(certificateFile, 'utf8'), key: await readFile(keyFile, 'utf8') }
}

/** Only `openssl ca` lets a certificate have expired before it was made. */
const configuration = (name: string) => `
[ca]
default_ca = main
[main]
database = ${name}.index
serial = ${name}.serial
new_certs_dir = .
certificate = ${name}.pem
private_key = ${name}.key
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
`
