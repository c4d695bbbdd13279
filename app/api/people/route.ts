import { route } from '#lib/http/route.ts'

export const GET = route('people.list')
export const POST = route('people.invite')
