import { X509Certificate } from 'node:crypto'
import { instantOf } from '../common/instants.ts'
import { cleanseText } from '../common/untrusted.ts'
import { distinct } from './values.ts'

interface Certificate {
  /** Whom it speaks for: DNS names and addresses, else its common name. */
  names: string[]
  issuer: string
  /** ISO 8601. */
  expiresAt: string | null
}

const longestPem = 256 * 1024
const longestText = 250
const mostNames = 100

/** What a PEM text says of its first certificate, the one that is shown to others. Null for what is none. */
export function readCertificate(pem: string): Certificate | null {
  if (pem.length > longestPem) return null
  try {
    const { subject, subjectAltName, issuer, validTo } = new X509Certificate(pem)
    const names = alternativeNames(subjectAltName ?? '')
    return {
      names: distinct(names.length > 0 ? names : [commonName(subject)]).slice(0, mostNames),
      issuer: commonName(issuer),
      expiresAt: instantOf(validTo),
    }
  } catch {
    // Whatever OpenSSL finds wrong with it: it is no certificate.
    return null
  }
}

/** `DNS:a.example, IP Address:10.0.0.1`; Node writes a name that could be taken for several as a JSON string. */
const alternativeNames = (text: string): string[] =>
  [...text.matchAll(/(?:^|, )(?:DNS|IP Address|URI|email):("(?:[^"\\]|\\.)*"|[^,]*)/g)].map(([, name]) => clean(name!))

/** Of a name in lines such as `O=Example` and `CN=ca`: the common one, else the last. */
function commonName(lines: string | undefined): string {
  const parts = (lines ?? '').split('\n')
  const common = parts.find((line) => line.startsWith('CN=')) ?? parts.at(-1) ?? ''
  return clean(common.replace(/^[A-Za-z.0-9]+=/, ''))
}

const clean = (text: string) => cleanseText(text, longestText)
