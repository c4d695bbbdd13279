/**
 * Runs something that writes styles of its own, as xterm does when it is opened, and gives these the page's nonce: the
 * policy of every page applies none without.
 */
export function withNonce(run: () => void): void {
  const nonce = document.querySelector<HTMLElement>('[nonce]')?.nonce ?? ''
  // Shadows the document's own for the moment.
  document.createElement = (tag: string, options?: ElementCreationOptions) => {
    const element = Document.prototype.createElement.call(document, tag, options)
    if (tag === 'style') element.nonce = nonce
    return element
  }
  try {
    run()
  } finally {
    Reflect.deleteProperty(document, 'createElement')
  }
}
