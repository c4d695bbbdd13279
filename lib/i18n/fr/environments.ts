import type en from '../en/environments.ts'
import type { Translated } from '../shape.ts'

export default {} satisfies Translated<typeof en>
