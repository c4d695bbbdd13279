/** Marks on one letter; a letter with more is drawn with these. */
const mostMarks = 8

const escape = '\u001b'
/** Begin a string that is not shown but obeyed: DCS, SOS, OSC, PM, APC; after an escape, and as one character. */
const afterEscape = new Set('PX]^_')
const alone = new Set('\u0090\u0098\u009d\u009e\u009f')
/** End such a string: BEL, CAN, SUB, ST. An escape does too, and begins what comes next. */
const ends = new Set('\u0007\u0018\u001a\u009c')
const enquiry = '\u0005'
// Most output has none of it; this is the only test that it pays for.
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const suspicious = /[\u0005\u001b\u0080-\u009f\p{M}\p{Cf}\u1160-\u11ff]/u
const mark = /[\p{M}\p{Cf}\u1160-\u11ff]/u

/**
 * Takes out of a terminal's output what nobody needs to see and what could be abused: strings that a terminal obeys
 * (the clipboard of OSC 52, titles, colours, links, DECRQSS, XTGETTCAP), the enquiry that is answered into the
 * program's input, and letters with endless marks. Whatever the length of these, it keeps a few bytes.
 */
export class Calm {
  #state: 'text' | 'escape' | 'string' = 'text'
  #marks = 0

  take(text: string): string {
    if (this.#state === 'text' && !suspicious.test(text)) {
      if (text) this.#marks = 0
      return text
    }
    let calm = ''
    for (const character of text) calm += this.#next(character)
    return calm
  }

  #next(character: string): string {
    if (this.#state === 'string') {
      if (character === escape) this.#state = 'escape'
      else if (ends.has(character)) this.#state = 'text'
      return ''
    }
    if (this.#state === 'escape') {
      if (character === escape || character === enquiry) return ''
      this.#state = afterEscape.has(character) || alone.has(character) ? 'string' : 'text'
      return this.#state === 'string' ? '' : escape + character
    }
    return this.#plain(character)
  }

  #plain(character: string): string {
    if (character === escape) this.#state = 'escape'
    else if (alone.has(character)) this.#state = 'string'
    if (this.#state !== 'text' || character === enquiry) return ''
    this.#marks = mark.test(character) ? this.#marks + 1 : 0
    return this.#marks > mostMarks ? '' : character
  }
}
