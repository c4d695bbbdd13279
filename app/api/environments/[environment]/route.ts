import { route } from '#lib/http/route.ts'

export const GET = route('environments.read')
export const PATCH = route('environments.update')
export const DELETE = route('environments.remove')
