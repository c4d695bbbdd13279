import type en from '../en/docker.ts'
import type { Translated } from '../shape.ts'

export default {} satisfies Translated<typeof en>
