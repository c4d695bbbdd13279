import { route } from '#lib/http/route.ts'

export const GET = route('people.read')
export const PATCH = route('people.update')
export const DELETE = route('people.remove')
