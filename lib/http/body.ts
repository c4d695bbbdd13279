import { AppError } from '../errors/index.ts'

export interface BodyLimits {
  maxBytes: number
  /** How deep objects and lists may nest. */
  maxDepth: number
}

export const bodyLimits: BodyLimits = { maxBytes: 1024 * 1024, maxDepth: 20 }

export const tooLarge = (limits: BodyLimits) =>
  new AppError('too_large', `The request is larger than ${limits.maxBytes} bytes.`, {
    reason: { code: 'body_too_large', params: { bytes: limits.maxBytes } },
  })

/** Follows the nesting of JSON as its bytes come in, so that a deep one is refused before anything parses it. */
function depthMeter(maxDepth: number): (bytes: Uint8Array) => void {
  let depth = 0
  let inString = false
  let escaped = false
  return (bytes) => {
    for (const byte of bytes) {
      if (escaped) escaped = false
      else if (inString) {
        if (byte === 0x5c) escaped = true
        else if (byte === 0x22) inString = false
      } else if (byte === 0x22) inString = true
      else if (byte === 0x7b || byte === 0x5b) depth++
      else if (byte === 0x7d || byte === 0x5d) depth--
      if (depth > maxDepth)
        throw new AppError('too_large', `The request nests deeper than ${maxDepth} levels.`, {
          reason: { code: 'body_too_deep', params: { depth: maxDepth } },
        })
    }
  }
}

/** The bytes of a body, stopped at the limit while they come in. Throws `too_large`. */
export async function readBytes(request: Request, limits: BodyLimits, onChunk?: (bytes: Uint8Array) => void): Promise<Buffer> {
  if (Number(request.headers.get('content-length') ?? 0) > limits.maxBytes) throw tooLarge(limits)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    const bytes = chunk as Uint8Array
    size += bytes.length
    if (size > limits.maxBytes) throw tooLarge(limits)
    onChunk?.(bytes)
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

const isJson = (contentType: string | null): boolean => contentType?.split(';')[0]?.trim().toLowerCase() === 'application/json'

/** The JSON object in a body; an empty body is `{}`. Throws `too_large`, `unsupported_type`, `invalid_input`. */
export async function readJson(request: Request, limits: BodyLimits = bodyLimits): Promise<Record<string, unknown>> {
  const bytes = await readBytes(request, limits, depthMeter(limits.maxDepth))
  if (!bytes.length) return {}
  if (!isJson(request.headers.get('content-type')))
    throw new AppError('unsupported_type', 'Send application/json.', { reason: { code: 'json_only' } })
  let parsed: unknown
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw new AppError('invalid_input', 'The request is not valid JSON.', { cause, reason: { code: 'json_not_valid' } })
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new AppError('invalid_input', 'The request must be a JSON object.', { reason: { code: 'json_not_valid' } })
  return parsed as Record<string, unknown>
}
