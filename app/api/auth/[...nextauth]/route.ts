export { serveNextAuth as GET, serveNextAuth as POST } from '#lib/http/next-auth.ts'
