import type en from '../en/settings.ts'
import type { Translated } from '../shape.ts'

export default {} satisfies Translated<typeof en>
