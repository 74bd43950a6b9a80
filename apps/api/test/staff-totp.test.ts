import { Secret, TOTP } from 'otpauth'
import { describe, expect, it } from 'vitest'
import { PASSWORD, setupStaff } from './staff-setup.ts'

async function setup() {
  const api = await setupStaff()
  const { owner, email, browser } = api
  const { body } = await owner.send('POST', '/staff/me/totp', { body: { password: PASSWORD } })
  const totp = new TOTP({ secret: Secret.fromBase32(body.secret) })
  const nowMs = () => api.core.clock.nowMs()
  const confirmed = await owner.send('POST', '/staff/me/totp/confirm', {
    body: { code: totp.generate({ timestamp: nowMs() }) },
  })
  const signIn = (code?: string) =>
    browser().send('POST', '/staff/sign-in', {
      body: { email, password: PASSWORD, ...(code === undefined ? {} : { code }) },
    })
  // The code of the next period: that of this one was used for the confirmation.
  const nextCode = () => totp.generate({ timestamp: nowMs() + 30_000 })
  return { ...api, codes: confirmed.body.codes as string[], uri: body.uri, signIn, nextCode }
}

describe('a second factor', () => {
  it('is asked for once the password was right, and its code is taken once', async () => {
    const { signIn, nextCode, uri } = await setup()
    expect(uri).toMatch(/^otpauth:\/\/totp\/Posthorn:/)
    const asked = await signIn()
    expect([asked.status, asked.body.code]).toEqual([400, 'code_required'])
    const code = nextCode()
    const answers = await Promise.all([signIn(code), signIn(code)])
    const statuses = answers.map(({ status }) => status)
    expect(statuses.toSorted((a, b) => a - b)).toEqual([204, 401])
    expect((await signIn(code)).status).toBe(401)
  })

  it('is stood in for by each recovery code, once', async () => {
    const { signIn, codes } = await setup()
    expect(codes).toHaveLength(10)
    const [first = '', second = ''] = codes
    expect((await signIn(first)).status).toBe(204)
    expect((await signIn(first)).status).toBe(401)
    expect((await signIn(second.toUpperCase())).status).toBe(204)
    expect((await signIn('abcd-efgh-jkmn')).status).toBe(401)
  })

  it('is stored sealed, its recovery codes as digests', async () => {
    const { core, email, codes, uri } = await setup()
    const user = await core.db.prisma.staffUser.findUniqueOrThrow({ where: { email } })
    const secret = new URL(uri).searchParams.get('secret') ?? ''
    expect(Buffer.from(user.totpSecret ?? []).includes(secret)).toBe(false)
    expect(core.vault.open(user.totpSecret ?? new Uint8Array())).toBe(secret)
    const rows = await core.db.prisma.staffRecoveryCode.findMany({ where: { userId: user.id } })
    const stored = rows.map(({ hash }) => Buffer.from(hash).toString('latin1')).join()
    for (const code of codes) expect(stored).not.toContain(code)
  })

  it('goes and comes only with the password', async () => {
    const { owner, signIn } = await setup()
    const remove = (password: string) =>
      owner.send('POST', '/staff/me/totp/remove', { body: { password } })
    expect((await remove('not the password')).status).toBe(422)
    expect((await remove(PASSWORD)).status).toBe(204)
    expect((await signIn()).status).toBe(204)
    const begin = { body: { password: 'not the password' } }
    expect((await owner.send('POST', '/staff/me/totp', begin)).status).toBe(422)
  })

  it('cannot be guessed: a right password does not forgive wrong codes', async () => {
    const { signIn } = await setup()
    for (let guess = 0; guess < 10; guess++) await signIn(String(guess).repeat(6))
    expect((await signIn('123456')).status).toBe(429)
  })
})
