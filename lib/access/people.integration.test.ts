import { beforeEach, describe, expect, it } from 'vitest'
import { useDatabase } from '../../e2e/engines/database.ts'
import { prisma } from '../database/index.ts'
import type { Binding } from '../model/role.ts'
import { sessionOf, type Actor } from './actor.ts'
import { actorOf } from './authenticate.ts'
import { choosePassword } from './choose-password.ts'
import { readLink } from './links.ts'
import { hashPassword } from './passwords.ts'
import { changePerson, disablePerson, enablePerson, invitePerson, removePerson, resetPerson } from './people.ts'
import { readPerson } from './read-people.ts'
import { startSession } from './sessions.ts'
import { signIn } from './sign-in.ts'

useDatabase()

const fleet = (role: Binding['role']): Binding => ({ role, environment: null, namespaces: null })
const from = { address: '10.0.0.1', userAgent: 'test' }
const password = 'four harbours in the fog'
let hash = ''

/** Somebody with a password who is signed in. */
async function make(login: string, ...bindings: Binding[]): Promise<Actor> {
  hash ||= await hashPassword(password)
  const create = bindings.map(({ role, environment, namespaces }) => ({
    role,
    environmentId: environment === null ? null : Number(environment),
    namespaces: namespaces ?? [],
  }))
  const { id } = await prisma().user.create({ data: { login, name: login, passwordHash: hash, bindings: { create } } })
  const actor = await actorOf(await startSession(id, from))
  if (!actor) throw new Error('A session that was just made does not hold.')
  return actor
}

async function makeEnvironment(name: string): Promise<string> {
  const flag = { flagHue: 'plum', flagPattern: 'cross', flagCode: 'AAA' }
  const data = { name, engine: 'docker', stage: 'dev', ...flag, protected: false, settings: {}, engineId: name }
  return String((await prisma().environment.create({ data })).id)
}

const now = () => new Date()
const refusalOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: { reason?: { code: string }; code: string }) => error.reason?.code ?? error.code,
  )

let ada: Actor
beforeEach(async () => {
  await prisma().user.deleteMany()
  await prisma().environment.deleteMany()
  ada = await make('ada', fleet('administrator'))
})

describe('an invitation', () => {
  const invite = (bindings: Binding[] = [fleet('viewer')]) => invitePerson(ada, { login: 'ana', name: 'Ana', bindings }, now())

  it('makes an account that nobody can use before its password is chosen', async () => {
    const { id, link } = await invite()
    expect(await readPerson(id, now())).toMatchObject({ state: 'invited', lastSeenAt: null, link: { purpose: 'invitation' } })
    for (const tried of ['', 'anything', 'null'])
      await expect(signIn({ login: 'ana', password: tried, ...from })).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(await choosePassword(link.token, password)).toMatchObject({ login: 'ana', purpose: 'invitation' })
    expect(await actorOf(await signIn({ login: 'ana', password, ...from }))).toMatchObject({ bindings: [fleet('viewer')] })
    expect(await readPerson(id, now())).toMatchObject({ state: 'active', link: null, sessions: 1 })
  })

  it('works once when twenty race for it', async () => {
    const { link } = await invite()
    const tries = Array.from({ length: 20 }, (_, index) => choosePassword(link.token, `${password} ${index}`))
    const outcomes = await Promise.all(tries.map(refusalOf))
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'setup_link_void')).toHaveLength(19)
  })

  it('is kept as a hash alone, grows too old, and is void once there is a newer one', async () => {
    const { id, link } = await invite()
    expect(JSON.stringify(await prisma().oneTimeLink.findMany())).not.toContain(link.token)
    const later = new Date(link.expiresAt.getTime() + 1)
    expect(await refusalOf(choosePassword(link.token, password, later))).toBe('setup_link_void')
    const newer = await resetPerson(ada, id, now())
    expect(await refusalOf(choosePassword(link.token, password))).toBe('setup_link_void')
    expect(await readLink(newer.token)).toMatchObject({ purpose: 'invitation', person: { login: 'ana' } })
  })

  it('is refused for a login that is taken and for an environment that nobody has', async () => {
    await invite()
    expect(await refusalOf(invite())).toBe('login_taken')
    const nowhere = { login: 'eve', name: 'Eve', bindings: [{ ...fleet('viewer'), environment: '999999' }] }
    expect(await refusalOf(invitePerson(ada, nowhere, now()))).toBe('environment_gone')
    expect(await prisma().user.findUnique({ where: { login: 'eve' } })).toBeNull()
  })
})

describe('a reset', () => {
  it('leaves password and sessions until the link is used, and ends both then', async () => {
    const ana = await make('ana', fleet('viewer'))
    const { token } = await resetPerson(ada, ana.userId, now())
    expect(await actorOf(sessionOf(ana.via)!)).not.toBeNull()
    await signIn({ login: 'ana', password, ...from })
    await choosePassword(token, 'another lamp altogether')
    expect(await actorOf(sessionOf(ana.via)!)).toBeNull()
    await expect(signIn({ login: 'ana', password, ...from })).rejects.toMatchObject({ code: 'unauthenticated' })
    await signIn({ login: 'ana', password: 'another lamp altogether', ...from })
  })

  it('is not for oneself, and not for who is disabled', async () => {
    const ana = await make('ana')
    expect(await refusalOf(resetPerson(ada, ada.userId, now()))).toBe('own_password')
    await disablePerson(ada, ana.userId, now())
    expect(await refusalOf(resetPerson(ada, ana.userId, now()))).toBe('person_disabled')
  })
})

describe('who is disabled', () => {
  it('is out at once, stays out, and comes back only by signing in anew', async () => {
    const ana = await make('ana', fleet('viewer'))
    const { token } = await resetPerson(ada, ana.userId, now())
    await disablePerson(ada, ana.userId, now())
    expect(await actorOf(sessionOf(ana.via)!)).toBeNull()
    await expect(signIn({ login: 'ana', password, ...from })).rejects.toMatchObject({ reason: { code: 'credentials_not_right' } })
    expect(await refusalOf(choosePassword(token, password))).toBe('setup_link_void')
    await enablePerson(ada, ana.userId)
    expect(await actorOf(sessionOf(ana.via)!)).toBeNull()
    expect(await refusalOf(choosePassword(token, password))).toBe('setup_link_void')
    await signIn({ login: 'ana', password, ...from })
  })
})

describe('administrators', () => {
  const acts = {
    disable: (actor: Actor, id: string) => disablePerson(actor, id, now()),
    remove: (actor: Actor, id: string) => removePerson(actor, id),
    narrow: async (actor: Actor, id: string) => {
      const bindings = { given: [fleet('operator')], taken: [fleet('administrator')], known: [fleet('administrator')] }
      await changePerson(actor, id, { bindings })
    },
  }

  it.each(Object.entries(acts))('%s nobody into having none, not even themselves', async (_, act) => {
    expect(await refusalOf(act(ada, ada.userId))).toBe('last_administrator')
    await invitePerson(ada, { login: 'late', name: 'Late', bindings: [fleet('administrator')] }, now())
    expect(await refusalOf(act(ada, ada.userId)), 'one who never came does not count').toBe('last_administrator')
    await make('grace', fleet('administrator'))
    expect(await refusalOf(act(ada, ada.userId))).toBe('not_yourself')
    expect((await readPerson(ada.userId, now())).bindings).toEqual([fleet('administrator')])
  })

  it.each(Object.entries(acts))('who %s each other at once leave one', async (_, act) => {
    const all = [ada, ...(await Promise.all(['b', 'c', 'd', 'e'].map((login) => make(login, fleet('administrator')))))]
    const outcomes = await Promise.all(all.map((actor, at) => refusalOf(act(actor, all[(at + 1) % all.length]!.userId))))
    const left = await prisma().user.count({ where: { disabledAt: null, bindings: { some: { role: 'administrator' } } } })
    expect(left).toBe(5 - outcomes.filter((outcome) => outcome === 'done').length)
    expect(left).toBeGreaterThanOrEqual(1)
    expect(new Set(outcomes)).toEqual(new Set(['done', 'needs_role']))
  })

  it('give nobody more than they hold at that moment, and touch nobody who holds more', async () => {
    const here = await makeEnvironment('here')
    const ana = await make('ana', fleet('administrator'))
    const bob = await make('bob', { role: 'viewer', environment: here, namespaces: null })
    // Let in with less than their account holds, as a token may be.
    const capped = { ...ada, bindings: [{ role: 'operator' as const, environment: here, namespaces: null }] }
    const give = (binding: Binding, actor = capped) =>
      refusalOf(changePerson(actor, bob.userId, { bindings: { given: [binding], taken: [], known: bob.bindings } }))
    expect(await give(fleet('viewer'))).toBe('beyond_own_rights')
    expect(await give({ role: 'administrator', environment: here, namespaces: null })).toBe('beyond_own_rights')
    expect(await refusalOf(invitePerson(capped, { login: 'eve', name: 'Eve', bindings: [fleet('viewer')] }, now()))).toBe(
      'beyond_own_rights',
    )
    for (const act of Object.values(acts)) expect(await refusalOf(act(capped, ana.userId))).toBe('beyond_own_rights')
    expect(await refusalOf(resetPerson(capped, ana.userId, now()))).toBe('beyond_own_rights')
    expect(await give({ role: 'deployer', environment: here, namespaces: ['shop'] })).toBe('done')
  })

  it('who decide on what is old by now are told so', async () => {
    const ana = await make('ana', fleet('viewer'))
    const change = { bindings: { given: [], taken: [fleet('operator')], known: [fleet('operator')] } }
    expect(await refusalOf(changePerson(ada, ana.userId, change))).toBe('conflict')
  })
})
