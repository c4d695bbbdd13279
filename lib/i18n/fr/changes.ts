import type en from '../en/changes.ts'
import type { Translated } from '../shape.ts'

export default {} satisfies Translated<typeof en>
