import type en from '../en/resources.ts'
import type { Translated } from '../shape.ts'

export default {} satisfies Translated<typeof en>
