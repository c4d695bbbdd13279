export { beginOidc as GET } from '#lib/http/oidc.ts'
