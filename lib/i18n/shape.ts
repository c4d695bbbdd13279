/** The same keys with other words: what a language file has to be, beside the English one. */
export type Translated<T> = { [K in keyof T]: T[K] extends string ? string : Translated<T[K]> }
