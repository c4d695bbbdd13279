import { existsSync } from 'node:fs'

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The Chromium of this machine; undefined lets Playwright use one of its own. */
export const browserPath = (): string | undefined => process.env.PORTOLAN_CHROMIUM || usual.find((path) => existsSync(path))
