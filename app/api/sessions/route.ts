import { route } from '#lib/http/route.ts'

export const GET = route('sessions.list')
export const DELETE = route('sessions.endOthers')
