import { route } from '#lib/http/route.ts'

export const GET = route('environments.list')
export const POST = route('environments.connect')
