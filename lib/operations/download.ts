const brand = Symbol.for('portolan.download')

/** An answer that is not JSON: it is streamed as its chunks come. */
export interface Download {
  readonly [brand]: true
  contentType: string
  /** Offered for saving under this name; null shows it in place. */
  fileName: string | null
  chunks: AsyncIterable<string>
}

/** Without what makes a path, hides a file or writes its name backwards: it is made of what an engine calls a thing. */
const plainName = (name: string): string => name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+/, '')

export const download = (contentType: string, fileName: string | null, chunks: AsyncIterable<string>): Download => ({
  [brand]: true,
  contentType,
  fileName: fileName && plainName(fileName),
  chunks,
})

export const isDownload = (answer: unknown): answer is Download => typeof answer === 'object' && answer !== null && brand in answer
