import { fingerprint as keyedFingerprint } from '../../access/secrets.ts'

/** Says of a secret only whether it changed: `•` and a keyed fingerprint. */
export type Fingerprint = (value: string) => string

const secretWord = String.raw`(?:passw(?:or)?d|passphrase|passwd|pwd|secret|token|credentials?|private[-_.]?key|api[-_.]?key|(?:access|account|master|signing|encryption)[-_.]?key|auth(?!or)|(?<![a-z])pass(?![a-z])|requirepass)`
const secretName = new RegExp(secretWord, 'i')
const secretFlag = new RegExp(String.raw`^--?[\w.-]{0,120}(?:${secretWord}|pass$)`, 'i')
/** `-u name:password`, as curl takes it; `--user 1000:1000` is two numbers. */
const userFlag = /^(?:-u|--user)$/
const nameAndPassword = /^([^\s:/"']{1,200}:)(?!\d+$)(\S+)$/
const userInWords = /((?:^|[\s"'])(?:-u|--user)[\s=]+["']?[^\s:/"']{1,200}:)(?!\d+(?:[\s"']|$))([^\s"']+)/g
/** The end of a name around such a word. Bounded, as what is searched comes from strangers. */
const rest = String.raw`[\w.-]{0,60}`
/**
 * `password=x`, `--token=x`, `"api_key": "x"` within words, but not the image `oauth-proxy:7`. Here and below only what
 * stands where a value may is looked at, and from there back: a search for names takes ever longer on hostile text.
 */
const assigned = new RegExp(String.raw`(?=\S)(?<=${secretWord}${rest}["']?\s*(?:=\s*|:\s+|:(?=["'])))("[^"]+"|'[^']+'|[^\s"'&;,|]+)`, 'gi')
/** `--password x` within the words of a script. */
const flagged = new RegExp(String.raw`(?=[^\s"'-])(?<=-${rest}${secretWord}${rest}\s+)[^\s"'-][^\s"';|&]*`, 'gi')
const addressWithPassword = /(\b[a-z][\w+.-]{0,20}:\/\/[^\s:/@]{0,200}:)([^\s@/]+)(@)/gi
const authorization = /(\bauthorization["']?\s*[:=]\s*["']?(?:basic|bearer|token)?\s*)([^\s"']+)/gi
const bearer = /(\bbearer\s+)([\w.~+/=-]{16,})/gi
/** Tokens that give themselves away by their shape: GitHub, GitLab, AWS, Slack, Stripe and the like, JWT. */
const tokenShape =
  /\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{20,}|AKIA[0-9A-Z]{16}|xox[abprs]-[\w-]{10,}|[rs]k_(?:live|test)_\w{16,}|sk-[\w-]{20,}|(?<!-)eyJ[\w-]{8,2000}\.[\w-]{8,2000}\.[\w-]*)/g
const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g

const alreadyHidden = /^•[0-9a-f]*$/

/** Short names, instants and uids: most of what there is to look at, and too short or too plain to hold a secret. */
const plain = /^(?:[\w./-]{0,14}|[\d:TZ.+-]{0,40}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** Hides what looks like a secret inside of words: scripts, commands, outputs, addresses. */
export function hideInWords(text: string, fingerprint: Fingerprint): string {
  if (plain.test(text)) return text
  const hide = (value: string) => (alreadyHidden.test(value) ? value : `•${fingerprint(value)}`)
  return text
    .replace(privateKey, hide)
    .replace(addressWithPassword, (_, before: string, value: string, after: string) => before + hide(value) + after)
    .replace(authorization, (_, before: string, value: string) => before + hide(value))
    .replace(bearer, (_, before: string, value: string) => before + hide(value))
    .replace(assigned, hide)
    .replace(flagged, hide)
    .replace(userInWords, (_, before: string, value: string) => before + hide(value))
    .replace(tokenShape, hide)
}

/** Names of fields of an engine's own that hold no secret though they sound like it. */
export type Harmless = (name: string) => boolean

const harmlessInDocker: Harmless = (name) => name === 'Author'
/** What things are found by, and how many of them there may be, is no secret, whatever they are called. */
const identifying = new Set(['labels', 'matchLabels', 'selector', 'nodeSelector', 'hard', 'used'])

/**
 * A document without its secrets: every value of an environment, values under names that sound secret, and what looks
 * like one anywhere else. The shape stays. Applied before anything leaves the engine.
 */
export function hideSecrets<T>(document: T, fingerprint: Fingerprint = keyedFingerprint, harmless: Harmless = harmlessInDocker): T {
  return hideValue(document, '', { fingerprint, harmless }) as T
}

interface Rules {
  fingerprint: Fingerprint
  harmless: Harmless
}

function hideValue(value: unknown, name: string, rules: Rules): unknown {
  const { fingerprint, harmless } = rules
  if (typeof value === 'string') {
    if (value && secretName.test(name) && !harmless(name)) return alreadyHidden.test(value) ? value : `•${fingerprint(value)}`
    return hideInWords(value, fingerprint)
  }
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value))
    return name === 'Env' || name === 'env' ? value.map((item) => hideVariable(item, rules)) : hideArguments(value, rules)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hideValue(item, identifying.has(name) ? '' : key, rules)]))
}

/** `NAME=value`, or `{ name, value }`; a variable without a value is passed on from elsewhere. */
function hideVariable(variable: unknown, rules: Rules): unknown {
  if (typeof variable === 'object' && variable !== null && !Array.isArray(variable)) {
    const hidden = hideValue(variable, '', rules) as Record<string, unknown>
    const { value } = variable as { value?: unknown }
    return typeof value === 'string' && value && !alreadyHidden.test(value) ? { ...hidden, value: `•${rules.fingerprint(value)}` } : hidden
  }
  if (typeof variable !== 'string') return null
  const at = variable.indexOf('=')
  return at === -1 ? variable : `${variable.slice(0, at)}=•${rules.fingerprint(variable.slice(at + 1))}`
}

/** A list may be a command: the word after `--password` is one, and the end of the word after `-u`. */
function hideArguments(words: unknown[], rules: Rules): unknown[] {
  const { fingerprint } = rules
  return words.map((word, index) => {
    const before = words[index - 1]
    if (typeof word !== 'string' || typeof before !== 'string') return hideValue(word, '', rules)
    if (secretFlag.test(before) && !word.startsWith('-')) return `•${fingerprint(word)}`
    const [, name, password] = (userFlag.test(before) && nameAndPassword.exec(word)) || []
    return name && password ? `${name}•${fingerprint(password)}` : hideValue(word, '', rules)
  })
}

/** Without what says nothing: null, empty words, lists and objects. A false and a zero are said. */
export function withoutNoise(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNoise)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).flatMap(([key, item]) => {
    const inner = withoutNoise(item)
    const empty = inner === null || inner === '' || (typeof inner === 'object' && Object.keys(inner).length === 0)
    return empty ? [] : [[key, inner] as const]
  })
  return Object.fromEntries(kept)
}
