import { setTimeout as wait } from 'node:timers/promises'
import { prisma } from '../../../lib/database/index.ts'
import { truthOf } from '../../engines/docker/truth.ts'
import { known } from '../known.ts'
import { gapsIn, type Page } from '../page.ts'
import { complaintsAbout, type Wish } from '../signals.ts'
import type { House, Shore } from './house.ts'
import { openAt } from '../measure.ts'

/** Longer than an action may take whose engine fell silent in the middle of it. */
const withinMs = 90_000

/** Looks until nothing is wrong any more; what is left after that is what it answers. */
async function untilNothing(look: () => Promise<string[]>): Promise<string[]> {
  const deadline = Date.now() + withinMs
  for (;;) {
    const wrong = await look()
    if (wrong.length === 0 || Date.now() > deadline) return wrong
    await wait(250)
  }
}

const differences = (what: string, shown: readonly string[], truth: readonly string[]): string[] => [
  ...truth.filter((row) => !shown.includes(row)).map((row) => `${what} lacks ${row}`),
  ...shown.filter((row) => !truth.includes(row)).map((row) => `${what} still has ${row}`),
]

/** Compares every row of an environment, and what every open page shows of it, with what its engine has. */
export async function compare({ docker, environment }: Shore, pages: readonly Page[]): Promise<{ rows: number; complaints: string[] }> {
  let rows = 0
  const complaints = await untilNothing(async () => {
    const truth = await truthOf(docker.docker)
    rows = truth.length
    return [
      ...differences('the inventory', await known(Number(environment)), truth),
      ...pages.flatMap((page, at) => differences(`page ${at}`, page.shown(), truth)),
      ...pages.flatMap((page, at) => (page.isLive() ? [] : [`page ${at} is not live`])),
    ]
  })
  const gaps = pages.flatMap(({ log }, at) => (log ? gapsIn(log.lines).map((gap) => `the log of page ${at}: ${gap}`) : []))
  return { rows, complaints: [...complaints, ...gaps] }
}

/** What is wrong with what was asked of an engine, done there, and written down. */
export function checkActivities({ environment, signals }: Shore, wishes: readonly Wish[]): Promise<string[]> {
  return untilNothing(async () => {
    const where = { environmentId: Number(environment) }
    const running = await prisma().activity.count({ where: { ...where, outcome: 'running' } })
    const written = await prisma().activity.findMany({ where: { ...where, verb: 'resource.kill' } })
    const stuck = running ? [`${running} activities of environment ${environment} go on for ever`] : []
    return [...stuck, ...complaintsAbout(wishes, signals.sent, written)]
  })
}

/** What is left open at the webs when nobody is there any more. */
export const checkNothingIsOpen = ({ ports }: House): Promise<string[]> =>
  untilNothing(async () => {
    const open = await Promise.all(ports.map((port) => openAt(port).catch(() => ({ figures: NaN }))))
    return open.flatMap((figures, web) =>
      Object.entries(figures).flatMap(([name, value]) => (value === 0 ? [] : [`web ${web}: ${name} is ${value}`])),
    )
  })
