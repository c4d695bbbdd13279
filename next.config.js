import createNextIntlPlugin from 'next-intl/plugin'

/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // `npm test` checks types and lints; a start need not do it again.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: import.meta.dirname },
  // Loaded by Node itself: native parts, workers, or state that must exist once per process.
  serverExternalPackages: [
    '@node-rs/argon2',
    '@prisma/adapter-pg',
    '@prisma/client',
    '@xterm/addon-serialize',
    '@xterm/headless',
    'openid-client',
    'pg',
    'pg-copy-streams',
    'pino',
    'prom-client',
    'ssh2',
    'ws',
  ],
  devIndicators: false,
  // No page uses it; its route would scale pictures for whoever asks, signed in or not.
  images: { unoptimized: true },
}

export default createNextIntlPlugin('./app/i18n-request.ts')(config)
