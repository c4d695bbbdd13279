import { route } from '#lib/http/route.ts'

export const DELETE = route('tokens.revoke')
