import { route } from '#lib/http/route.ts'

export const GET = route('me.read')
export const PATCH = route('me.update')
