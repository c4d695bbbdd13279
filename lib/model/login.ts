/** An account's name: small letters, digits and a few signs, so that nobody is two people by a capital letter. */
export const loginRule = /^[a-z0-9][a-z0-9._@-]{0,99}$/
/** Characters; what a person chooses for themselves is held to it on the screen and by the server alike. */
export const leastPasswordLength = 10
