import { route } from '#lib/http/route.ts'

export const GET = route('tokens.list')
export const POST = route('tokens.create')
