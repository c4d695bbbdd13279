import type en from '../en/entry.ts'
import type { Translated } from '../shape.ts'

export default {} satisfies Translated<typeof en>
