'use client'

// Inside the shell: the same words, and the rest of the console stays.
export { default } from '../error.tsx'
