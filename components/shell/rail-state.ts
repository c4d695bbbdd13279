/** `open` and `folded` by hand; `auto` folds below 1,100 px. A cookie, so that the server draws it right at once. */
export const railStates = ['auto', 'open', 'folded'] as const
export type RailState = (typeof railStates)[number]
export const railCookie = 'rail'
