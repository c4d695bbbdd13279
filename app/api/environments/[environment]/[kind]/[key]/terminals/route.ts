import { route } from '#lib/http/route.ts'

export const GET = route('terminals.list')
export const POST = route('terminals.open')
