import type en from '../en/common.ts'
import type { Translated } from '../shape.ts'

export default {} satisfies Translated<typeof en>
