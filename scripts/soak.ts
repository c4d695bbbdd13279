// `npm run soak`: the whole program for long, while everything goes wrong again and again. Says every minute what it holds;
// ends with a table, a verdict, and exit code 1 when something was wrong or grew.
//   PORTOLAN_SOAK_MINUTES=30  how long · PORTOLAN_SEED=1  the same pauses again
import { setTimeout as wait } from 'node:timers/promises'
import { randomOf } from '../bench/random.ts'
import { browserAt } from '../lib/live/fixtures/browser.ts'
import { Asker } from '../e2e/load/asker.ts'
import { Churn } from '../e2e/load/churn.ts'
import { openPage } from '../e2e/load/page.ts'
import { Shells } from '../e2e/load/shells.ts'
import { harmOf } from '../e2e/load/soak/harm.ts'
import { startHouse, type House } from '../e2e/load/soak/house.ts'
import { heldBy, heldByPostgres, openAt } from '../e2e/load/measure.ts'
import { lineOf, tableOf } from '../e2e/load/soak/report.ts'
import { checkActivities, checkNothingIsOpen, compare } from '../e2e/load/soak/rest.ts'
import { judge, type Sample } from '../e2e/load/soak/verdict.ts'
import { Visitor } from '../e2e/load/soak/visitor.ts'
import { makeReady } from './steps/install.mjs'

const minutes = Number(process.env.PORTOLAN_SOAK_MINUTES || 30)
const seed = Number(process.env.PORTOLAN_SEED || Date.now() % 1e9)
const fewestRounds = 8
/** A round is a minute with its rest, of a short soak less: a verdict needs several. */
const roundMs = Math.min(60_000, (minutes * 60_000) / fewestRounds)
/** The rest of a round takes about so long. */
const restMs = 15_000

function loadOf({ shores }: House) {
  let next = seed
  const random = () => randomOf(next++)
  const askers = shores.map((shore, at) => new Asker(shore, `asked-${at}`, random()))
  const shells = shores.map((shore) => new Shells(shore, browserAt(shore.origin, shore.headers, Math.random), shore.sleeper))
  const churns = shores.map((shore) => new Churn(shore.socket, random()))
  const visitors = [0, 1, 0].map((at) => new Visitor(shores[at]!, random()))
  return { askers, shells, churns, visitors, all: [...askers, ...shells, ...churns, ...visitors], random }
}

/** Works for a while, comes to rest, and compares everything; answers what was wrong. */
async function round(house: House, load: ReturnType<typeof loadOf>, harm: ReturnType<typeof harmOf>) {
  const pages = house.shores.map((shore) => [openPage(shore, shore.talker), openPage(shore)])
  const all = [...load.all, ...Object.values(harm)]
  for (const one of all) one.begin()
  await wait(Math.max(roundMs - restMs, roundMs / 2))
  const busy = await openAt(house.ports[0]!)
  const restsAt = performance.now()
  await Promise.all(all.map((one) => one.rest()))
  const complaints: string[] = []
  let rows = 0
  for (const [at, shore] of house.shores.entries()) {
    const compared = await compare(shore, pages[at]!)
    rows += compared.rows
    complaints.push(...compared.complaints, ...(await checkActivities(shore, load.askers[at]!.wishes)))
  }
  for (const page of pages.flat()) page.close()
  complaints.push(...(await checkNothingIsOpen(house)))
  return { rows, busy, complaints, restSeconds: Math.round((performance.now() - restsAt) / 1_000) }
}

const sampleOf = ({ webs, syncs, postmaster }: House): Sample => ({
  web: heldBy(webs[0].pid),
  sync: heldBy(syncs[0].pid),
  postgres: heldByPostgres(postmaster),
})

const sum = (of: readonly number[]) => of.reduce((all, one) => all + one, 0)

function toldOf({ askers, churns, shells, visitors }: ReturnType<typeof loadOf>, harm: ReturnType<typeof harmOf>): string {
  const { webKills, syncKills, socketCuts, engineCuts, engineStalls } = harm
  const lost = shells.flatMap(({ ended }) => ended)
  return [
    `web killed ${webKills.done} times, sync ${syncKills.done}`,
    `sockets cut ${socketCuts.done} times, an engine ${engineCuts.done}, and ${engineStalls.done} times silent`,
    `${sum(churns.map(({ done }) => done))} changes at the engines`,
    `${sum(askers.map(({ wishes }) => wishes.length))} actions`,
    `${sum(shells.map(({ answered }) => answered))} terminals answered, ${lost.length} were lost with their web or engine`,
    `${sum(visitors.map(({ visits }) => visits))} visits`,
  ].join('; ')
}

async function soak(house: House): Promise<boolean> {
  const load = loadOf(house)
  const harm = harmOf(house, load.random())
  const samples: Sample[] = []
  const complaints: string[] = []
  for (const end = Date.now() + minutes * 60_000; Date.now() < end;) {
    const { complaints: wrong, ...told } = await round(house, load, harm)
    const sample = sampleOf(house)
    samples.push(sample)
    complaints.push(...wrong)
    console.log(lineOf(samples.length, sample, told))
    for (const one of wrong) console.log(`     WRONG: ${one}`)
  }
  complaints.push(...load.askers.flatMap(({ surprises }) => surprises))
  complaints.push(...[...house.webs, ...house.syncs].flatMap(({ accidents }) => accidents))
  console.log(`\n${samples.length} rounds with the seed ${seed}: ${toldOf(load, harm)}.`)
  const lines = judge(samples)
  console.log(tableOf(lines))
  for (const one of new Set(complaints)) console.log(`WRONG: ${one}`)
  const passed = complaints.length === 0 && lines.every(({ flat }) => flat)
  console.log(passed ? 'Flat, and nothing was wrong.' : 'FAILED.')
  return passed
}

await makeReady({ pages: true })
const house = await startHouse()
console.log(`${minutes} minutes of everything that can go wrong; the programs write what they say to ${house.log}.`)
let passed = false
try {
  passed = await soak(house)
} finally {
  await house.stop()
}
process.exit(passed ? 0 : 1)
