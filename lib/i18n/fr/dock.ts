import type en from '../en/dock.ts'
import type { Translated } from '../shape.ts'

export default {} satisfies Translated<typeof en>
