export { endOidc as GET } from '#lib/http/oidc.ts'
