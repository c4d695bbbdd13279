import { route } from '#lib/http/route.ts'

export const POST = route('environments.read-file')
