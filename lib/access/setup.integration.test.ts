import { beforeEach, describe, expect, it } from 'vitest'
import { useDatabase } from '../../e2e/engines/database.ts'
import { prisma } from '../database/index.ts'
import { readLink } from './links.ts'
import { verifyPassword } from './passwords.ts'
import { claimSetupLink, createAdministratorLink, createSetupLink } from './setup.ts'

useDatabase()

const claim = { login: 'ada', name: 'Ada', password: 'correct horse battery' }
const link = async () => {
  const made = await createSetupLink()
  if (!made) throw new Error('No link was made.')
  return made.token
}

beforeEach(async () => {
  await prisma().user.deleteMany()
  await prisma().oneTimeLink.deleteMany()
})

describe('the one-time link', () => {
  it('makes an administrator of the fleet, whose password is kept as argon2id', async () => {
    await claimSetupLink(await link(), claim)
    const user = await prisma().user.findUniqueOrThrow({ where: { login: 'ada' }, include: { bindings: true } })
    expect(user.bindings).toMatchObject([{ role: 'administrator', environmentId: null, namespaces: [] }])
    expect(user.passwordHash).toMatch(/^\$argon2id\$/)
    expect(await verifyPassword(user.passwordHash, claim.password)).toBe(true)
    expect(await verifyPassword(user.passwordHash, 'another')).toBe(false)
  })

  it('makes one administrator when twenty race for it', async () => {
    const token = await link()
    const claims = Array.from({ length: 20 }, (_, index) => claimSetupLink(token, { ...claim, login: `ada${index}` }))
    const results = await Promise.allSettled(claims)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []))
    expect(new Set(reasons)).toEqual(new Set(['not_found']))
    expect(await prisma().user.count()).toBe(1)
  })

  it('is kept as a hash alone', async () => {
    const token = await link()
    expect(JSON.stringify(await prisma().oneTimeLink.findMany())).not.toContain(token)
  })

  it('makes those before it void', async () => {
    const older = await link()
    const newer = await link()
    expect(await readLink(older)).toBeNull()
    await expect(claimSetupLink(older, claim)).rejects.toMatchObject({ code: 'not_found' })
    await claimSetupLink(newer, claim)
  })

  it('grows too old', async () => {
    const token = await link()
    const tomorrow = new Date(Date.now() + 25 * 3_600_000)
    await expect(claimSetupLink(token, claim, tomorrow)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('is not made when there is an administrator', async () => {
    await claimSetupLink(await link(), claim)
    expect(await createSetupLink()).toBeNull()
  })

  it('makes one more administrator for whoever runs the server, once, and takes no account over', async () => {
    await claimSetupLink(await link(), claim)
    const { token } = await createAdministratorLink()
    await expect(claimSetupLink(token, { ...claim, password: 'another long password' })).rejects.toMatchObject({ code: 'conflict' })
    await claimSetupLink(token, { ...claim, login: 'grace' })
    await expect(claimSetupLink(token, { ...claim, login: 'eve' })).rejects.toMatchObject({ code: 'not_found' })
    const users = await prisma().user.findMany({ include: { bindings: true }, orderBy: { login: 'asc' } })
    expect(users.map(({ login, bindings }) => [login, bindings[0]?.role])).toEqual([
      ['ada', 'administrator'],
      ['grace', 'administrator'],
    ])
    expect(await verifyPassword(users[0]!.passwordHash, claim.password)).toBe(true)
  })

  it('of the start is void once the server made another', async () => {
    const first = await link()
    await createAdministratorLink()
    await expect(claimSetupLink(first, claim)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('stays usable when the login was taken', async () => {
    await prisma().user.create({ data: { login: 'ada', name: 'Another Ada' } })
    const token = await link()
    await expect(claimSetupLink(token, claim)).rejects.toMatchObject({ code: 'conflict' })
    await claimSetupLink(token, { ...claim, login: 'ada2' })
  })
})
