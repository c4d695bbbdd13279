import pino, { type Logger } from 'pino'
import { once } from './once.ts'
import { settings } from './settings.ts'

// A field with one of these names is never written, at the top or one or two levels down.
const secretFields = [
  'authorization',
  'cookie',
  'password',
  'passwordHash',
  'token',
  'secret',
  'secrets',
  'secretKeys',
  'key.key',
  'databaseUrl',
  '["set-cookie"]',
  '["proxy-authorization"]',
]
const paths = secretFields.flatMap((field) => [
  field,
  ...['*', '*.*'].map((at) => (field.startsWith('[') ? `${at}${field}` : `${at}.${field}`)),
])

/** A logger that writes one JSON object a line and keeps secrets out of it. */
export const createLogger = (
  program: string,
  level: string,
  destination: pino.DestinationStream = pino.destination({ fd: 1, sync: true }),
): Logger =>
  pino(
    {
      level,
      base: { program },
      messageKey: 'message',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths, censor: '•' },
    },
    destination,
  )

/** The log of this process. Its `program` is the name of the file that was started: server, sync … */
export const log = (): Logger =>
  once('log', () =>
    createLogger(
      process.argv[1]
        ?.split('/')
        .at(-1)
        ?.replace(/\.\w+$/, '') ?? 'portolan',
      settings().logLevel,
    ),
  )
