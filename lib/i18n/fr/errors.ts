import type en from '../en/errors.ts'
import type { Translated } from '../shape.ts'

export default {} satisfies Translated<typeof en>
