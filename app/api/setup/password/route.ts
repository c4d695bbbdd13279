import { route } from '#lib/http/route.ts'

export const POST = route('setup.choosePassword')
