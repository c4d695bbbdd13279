const brand = Symbol.for('portolan.download')

/** An answer that is not JSON: it is streamed as its chunks come. */
export interface Download {
  readonly [brand]: true
  contentType: string
  /** Offered for saving under this name; null shows it in place. */
  fileName: string | null
  chunks: AsyncIterable<string>
}

export const download = (contentType: string, fileName: string | null, chunks: AsyncIterable<string>): Download => ({
  [brand]: true,
  contentType,
  fileName,
  chunks,
})

export const isDownload = (answer: unknown): answer is Download => typeof answer === 'object' && answer !== null && brand in answer
