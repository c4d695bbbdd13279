import { browserAt, FollowedList, FollowedLog } from '../../lib/live/fixtures/browser.ts'
import type { Row } from '../../lib/model/resource.ts'
import { asTruth } from '../engines/docker/truth.ts'
import type { Place } from './place.ts'

const kinds = ['containers', 'images', 'volumes', 'networks'].map((kind) => `docker/${kind}`)

/** An open tab that shows every list of an environment, and the log of one container. Nobody touches it. */
export function openPage({ origin, headers, environment }: Place, talker?: string) {
  const browser = browserAt(origin, headers, Math.random)
  const lists = kinds.map((kind) => new FollowedList<Row>(browser, 'resources.list', { kind, environment, window: { after: 200 } }))
  const log = talker === undefined ? null : new FollowedLog(browser, { environment, key: talker })
  return {
    browser,
    log,
    /** Whether it says of itself that it is live. */
    isLive: () => lists.every(({ state }) => state === 'live'),
    /** What it shows, in the words of the engine: see `truthOf`. */
    shown: () => lists.flatMap(({ list }) => (list?.rows ?? []).map((row) => asTruth(row.kind, row))).toSorted(),
    close() {
      for (const list of lists) list.close()
      log?.close()
    },
  }
}
export type Page = ReturnType<typeof openPage>

/** What is wrong with the lines of somebody who counts aloud: one that is missing, or comes twice. */
export function gapsIn(lines: readonly string[]): string[] {
  const first = Number(lines[0])
  return lines.flatMap((line, at) => (Number(line) === first + at ? [] : [`line ${at} is ${line}`])).slice(0, 5)
}
