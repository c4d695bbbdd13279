import { notifyWith, prisma, type Prisma } from '../../database/index.ts'
import type { UserModel } from '../../database/generated/models/User.ts'
import { log } from '../../log.ts'
import { sameBinding, type Binding } from '../../model/role.ts'
import { recordActivities } from '../activity-outcomes.ts'
import { inTurn, waits } from '../administrators.ts'
import { bindingWishes } from '../binding-wishes.ts'
import { inOrder, toBinding, toRow } from '../bindings.ts'
import type { Identity } from './identity.ts'
import { oidcSettings, refusal } from './provider.ts'

/** What these groups give. An environment that is not connected gives nothing, until it is. */
export async function bindingsOf(groups: readonly string[]): Promise<Binding[]> {
  const grants = oidcSettings().grants.filter(({ group }) => groups.includes(group))
  const names = grants.flatMap(({ environment }) => (environment === null ? [] : [environment]))
  const known = await prisma().environment.findMany({ where: { name: { in: names } }, select: { id: true, name: true } })
  const idOf = new Map(known.map(({ id, name }) => [name, String(id)]))
  const unknown = names.filter((name) => !idOf.has(name))
  if (unknown.length) log().warn({ environments: unknown }, 'PORTOLAN_OIDC_GROUPS names environments that are not connected')
  const bindings = grants.flatMap(({ role, environment, namespaces }): Binding[] => {
    const id = environment === null ? null : idOf.get(environment)
    return id === undefined ? [] : [{ role, environment: id, namespaces }]
  })
  return without(bindings, [])
}

/** Those that are not among `others`, each once. */
const without = (bindings: readonly Binding[], others: readonly Binding[]): Binding[] =>
  bindings.filter(
    (one, at) => bindings.findIndex((other) => sameBinding(one, other)) === at && !others.some((other) => sameBinding(one, other)),
  )

const loginOf = (wanted: string): string =>
  wanted
    .toLowerCase()
    .replaceAll(/[^a-z0-9._@-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 90) || 'person'

/** Nobody is taken for somebody else who has that account already: who comes later is called by a number. */
async function freeLogin(tx: Prisma.TransactionClient, wanted: string): Promise<string> {
  const login = loginOf(wanted)
  const taken = await tx.user.findMany({ where: { login: { startsWith: login.replace(/[\\%_]/g, '\\$&') } }, select: { login: true } })
  const logins = new Set(taken.map((one) => one.login))
  for (let number = 1; ; number++) {
    const free = number === 1 ? login : `${login}-${number}`
    if (!logins.has(free)) return free
  }
}

const makePerson = ({ issuer, subject, name, login }: Identity): Promise<{ user: UserModel; made: boolean }> =>
  prisma().$transaction(async (tx) => {
    await inTurn(tx)
    const found = await tx.user.findUnique({ where: { issuer_subject: { issuer, subject } } })
    if (found) return { user: found, made: false }
    return { user: await tx.user.create({ data: { issuer, subject, name, login: await freeLogin(tx, login) } }), made: true }
  }, waits)

const setBindings = (userId: string, bindings: readonly Binding[]): Promise<void> =>
  prisma().$transaction(async (tx) => {
    await inTurn(tx)
    await tx.roleBinding.deleteMany({ where: { userId } })
    await tx.roleBinding.createMany({ data: bindings.map((binding) => ({ ...toRow(binding), userId })) })
    await notifyWith(tx, { topic: 'access', user: userId })
  }, waits)

/** Gives a person what their groups give, and nothing else; each role is an activity of theirs. */
async function follow(user: Pick<UserModel, 'id' | 'name'>, made: boolean, bindings: readonly Binding[], requestId: string): Promise<void> {
  const held = (await prisma().roleBinding.findMany({ where: { userId: user.id }, ...inOrder })).map(toBinding)
  const [given, taken] = [without(bindings, held), without(held, bindings)]
  const { name: provider } = oidcSettings()
  const join = { verb: 'profile.provider', name: user.name, input: { provider }, requestId }
  const roles = await bindingWishes({ person: user, given, taken, requestId, why: provider })
  const wishes = [...(made ? [join] : []), ...roles]
  if (wishes.length) await recordActivities({ userId: user.id, name: user.name }, wishes, () => setBindings(user.id, bindings))
}

/**
 * The person of this identity with the roles that their groups give, made when they are new; answers their id. Who is
 * given no role loses those they had. Throws `oidc_no_groups`, `oidc_no_role`, `oidc_disabled`.
 */
export async function personOf(identity: Identity, requestId: string): Promise<string> {
  const { issuer, subject, groups } = identity
  const bindings = await bindingsOf(groups ?? [])
  const known = await prisma().user.findUnique({ where: { issuer_subject: { issuer, subject } } })
  if (known?.disabledAt) throw refusal('oidc_disabled', `${known.login} is disabled.`)
  if (known && bindings.length === 0) await follow(known, false, [], requestId)
  if (groups === null)
    throw refusal('oidc_no_groups', `${issuer} does not say which groups ${subject} is in (${oidcSettings().groupsClaim}).`)
  if (bindings.length === 0)
    throw refusal('oidc_no_role', `None of the groups of ${subject} gives a role: ${groups.slice(0, 20).join(', ') || 'none'}.`)
  const { user, made } = known ? { user: known, made: false } : await makePerson(identity)
  await follow(user, made, bindings, requestId)
  return user.id
}
