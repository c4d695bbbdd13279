import type en from '../en/home.ts'
import type { Translated } from '../shape.ts'

export default {} satisfies Translated<typeof en>
