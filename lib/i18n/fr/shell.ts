import type en from '../en/shell.ts'
import type { Translated } from '../shape.ts'

export default {} satisfies Translated<typeof en>
