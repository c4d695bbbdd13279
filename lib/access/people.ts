import { notifyWith, prisma, type Prisma } from '../database/index.ts'
import type { UserModel } from '../database/generated/models/User.ts'
import { AppError } from '../errors/index.ts'
import { sameBinding, type Binding } from '../model/role.ts'
import type { Actor } from './actor.ts'
import { administersFleet, hasAdministrator, inTurn, waits } from './administrators.ts'
import { inOrder, toBinding, toRow } from './bindings.ts'
import { makeLink, voidLinks, type NewLink } from './links.ts'
import { nameOfIssuer } from './oidc/issuer.ts'
import { allowOver, holdsEverywhere } from './roles.ts'
import { endSessionsOf } from './sessions.ts'
import { loginTaken } from './setup.ts'
import { revokeTokensOf } from './tokens.ts'

type Transaction = Prisma.TransactionClient
/** A person while nobody else changes people. */
interface Held extends UserModel {
  bound: { id: string; binding: Binding }[]
}

const noPerson = () => new AppError('not_found', 'There is no such person.', { reason: { code: 'person_gone' } })

const refuse = (code: string, message: string) => new AppError('blocked', message, { reason: { code } })

/** Who administers Portolan goes on doing so after whatever they do, and so Portolan always has an administrator. */
async function refuseToLockOut(tx: Transaction, actor: Actor): Promise<never> {
  if (await hasAdministrator(tx, actor.userId))
    throw refuse('not_yourself', 'You would lock yourself out. Somebody else who administers Portolan can do it.')
  throw refuse('last_administrator', 'Nobody would administer Portolan any more. Make somebody else an administrator first.')
}

/** Who was let in a moment ago may have been disabled since: asked again when it is their turn. */
async function stillAdministers(tx: Transaction, actor: Actor): Promise<void> {
  if (await tx.user.findFirst({ where: { id: actor.userId, ...administersFleet }, select: { id: true } })) return
  throw new AppError('forbidden', 'This needs the role administrator.', {
    reason: { code: 'needs_role', params: { role: 'administrator', held: 'none' } },
  })
}

async function find(tx: Transaction, id: string): Promise<Held> {
  const found = await tx.user.findUnique({ where: { id }, include: { bindings: inOrder } })
  if (!found) throw noPerson()
  const { bindings, ...user } = found
  return { ...user, bound: bindings.map((row) => ({ id: row.id, binding: toBinding(row) })) }
}

/**
 * Changes a person, one change at a time over all processes, and tells everybody's sockets when it is done. Throws
 * `not_found`, and `forbidden` when they hold more than the actor or the actor administers nothing any more.
 */
const changeHeld = <T>(actor: Actor, id: string, change: (tx: Transaction, person: Held) => Promise<T>): Promise<T> =>
  prisma().$transaction(async (tx) => {
    await inTurn(tx)
    await stillAdministers(tx, actor)
    const person = await find(tx, id)
    allowOver(
      actor,
      person.bound.map(({ binding }) => binding),
    )
    const result = await change(tx, person)
    await notifyWith(tx, { topic: 'access', user: id })
    return result
  }, waits)

async function checkEnvironments(tx: Transaction, bindings: readonly Binding[]): Promise<void> {
  const ids = [...new Set(bindings.flatMap(({ environment }) => (environment === null ? [] : [Number(environment)])))]
  if ((await tx.environment.count({ where: { id: { in: ids } } })) === ids.length) return
  throw new AppError('invalid_input', 'One of these environments does not exist.', { reason: { code: 'environment_gone' } })
}

async function checkLogin(tx: Transaction, login: string): Promise<void> {
  if (await tx.user.findUnique({ where: { login }, select: { id: true } })) throw loginTaken(login)
}

export interface Invited {
  login: string
  name: string
  bindings: Binding[]
}

/** Makes an account without a password, and the link with which its person chooses one. */
export const invitePerson = (actor: Actor, { login, name, bindings }: Invited, now: Date): Promise<{ id: string; link: NewLink }> =>
  prisma().$transaction(async (tx) => {
    await inTurn(tx)
    await stillAdministers(tx, actor)
    allowOver(actor, bindings)
    await checkEnvironments(tx, bindings)
    await checkLogin(tx, login)
    const { id } = await tx.user.create({ data: { login, name, bindings: { create: bindings.map(toRow) } } })
    const link = await makeLink(tx, { purpose: 'invitation', userId: id }, now)
    await notifyWith(tx, { topic: 'access', user: id })
    return { id, link }
  }, waits)

export interface PersonChange {
  name?: string
  login?: string
  /** What is given and taken; what was `known` to be held when this was decided. */
  bindings?: { given: Binding[]; taken: Binding[]; known: Binding[] }
}

/** What a provider decides is not decided here: it would be gone with the next look at their groups. */
function refuseOfProvider({ issuer, name }: Pick<UserModel, 'issuer' | 'name'>, code: 'roles_of_provider' | 'password_of_provider'): void {
  const provider = nameOfIssuer(issuer)
  if (provider === null) return
  const what = code === 'roles_of_provider' ? 'roles come from groups' : 'password is kept'
  throw new AppError('blocked', `${name} signs in with ${provider}: their ${what} there.`, { reason: { code, params: { provider } } })
}

const sameBindings = (one: readonly Binding[], other: readonly Binding[]): boolean =>
  one.length === other.length && one.every((binding) => other.some((another) => sameBinding(binding, another)))

async function rebind(tx: Transaction, person: Held, { given, taken, known }: NonNullable<PersonChange['bindings']>): Promise<void> {
  const held = person.bound.map(({ binding }) => binding)
  if (!sameBindings(held, known)) throw new AppError('conflict', `Somebody else changed the roles of ${person.name} meanwhile.`)
  const gone = person.bound.filter(({ binding }) => taken.some((one) => sameBinding(one, binding))).map(({ id }) => id)
  await tx.roleBinding.deleteMany({ where: { id: { in: gone } } })
  await tx.roleBinding.createMany({ data: given.map((binding) => ({ ...toRow(binding), userId: person.id })) })
}

/** Renames a person and gives and takes roles. Throws also `conflict`: the login is taken, or the roles are other ones by now. */
export const changePerson = (actor: Actor, id: string, { name, login, bindings }: PersonChange): Promise<void> =>
  changeHeld(actor, id, async (tx, person) => {
    if (login !== undefined && login !== person.login) await checkLogin(tx, login)
    await tx.user.update({ where: { id }, data: { name, login } })
    if (!bindings || bindings.given.length + bindings.taken.length === 0) return
    refuseOfProvider(person, 'roles_of_provider')
    allowOver(actor, bindings.given)
    await checkEnvironments(tx, bindings.given)
    await rebind(tx, person, bindings)
    const left = (await find(tx, id)).bound.map(({ binding }) => binding)
    if (id === actor.userId && !holdsEverywhere({ bindings: left }, 'administrator')) await refuseToLockOut(tx, actor)
  })

/** Ends what a person has open and lets them in nowhere; their API tokens, and links that were made for them, are void. */
export const disablePerson = (actor: Actor, id: string, now: Date): Promise<void> =>
  changeHeld(actor, id, async (tx) => {
    if (id === actor.userId) await refuseToLockOut(tx, actor)
    await tx.user.updateMany({ where: { id, disabledAt: null }, data: { disabledAt: now } })
    await endSessionsOf(tx, id, now)
    await revokeTokensOf(tx, id, now)
    await voidLinks(tx, id)
  })

/** Lets a person sign in again, with the password and the roles they had. */
export const enablePerson = (actor: Actor, id: string): Promise<void> =>
  changeHeld(actor, id, async (tx) => {
    await tx.user.update({ where: { id }, data: { disabledAt: null } })
  })

/** A link with which a person chooses a new password; until it is used their present one and their sessions stay. */
export const resetPerson = (actor: Actor, id: string, now: Date): Promise<NewLink> =>
  changeHeld(actor, id, async (tx, person) => {
    if (id === actor.userId) throw refuse('own_password', 'Change your own password in your profile.')
    refuseOfProvider(person, 'password_of_provider')
    if (person.disabledAt) throw refuse('person_disabled', `${person.name} is disabled. Enable the account first.`)
    return makeLink(tx, { purpose: person.passwordHash === null ? 'invitation' : 'reset', userId: id }, now)
  })

/** Forgets an account. What its person did keeps their name. */
export const removePerson = (actor: Actor, id: string): Promise<void> =>
  changeHeld(actor, id, async (tx) => {
    if (id === actor.userId) await refuseToLockOut(tx, actor)
    await tx.user.delete({ where: { id } })
  })
