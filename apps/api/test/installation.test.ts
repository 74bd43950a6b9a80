import { readFileSync } from 'node:fs'
import { firstIdAt } from '@posthorn/runtime'
import { describe, expect, it } from 'vitest'
import { describeSettings } from '../src/installation/describe-settings.ts'
import { ownEverything, setupStaff, type Staff } from './staff-setup.ts'

const DAY_MS = 86_400_000
const RETENTION = '/installation/retention'

/** A week that ended about 60 days ago. */
async function addOldWeek({ core }: Staff): Promise<string> {
  const endsAtMs = Date.now() - 60 * DAY_MS
  const bounds = [endsAtMs - 7 * DAY_MS, endsAtMs].map((at) => firstIdAt('msg_', at))
  const name = `message_w_old_${Math.trunc(endsAtMs)}`
  await core.db.hot.query(
    `CREATE TABLE ${name} PARTITION OF message FOR VALUES FROM ('${bounds[0]}') TO ('${bounds[1]}')`,
  )
  return name
}

describe('retention', () => {
  it('says how long everything is kept, why, and until when each week lies on disk', async () => {
    const staff = await setupStaff()
    const admin = await staff.join('admin')
    const name = await addOldWeek(staff)
    const { body } = await admin.call('GET', RETENTION)
    expect(body).toMatchObject({ days: 90, source: 'default', environmentDays: 90 })
    expect(body.rules).toContainEqual({
      kind: 'audit',
      days: null,
      source: 'default',
      appliesTo: 'organisation',
    })
    const [oldest] = body.weeks
    expect(Date.parse(oldest.dropsAt) - Date.parse(oldest.endsAt)).toBe(90 * DAY_MS)
    expect(oldest.bytes.messages).toBeGreaterThan(0)
    await staff.core.db.hot.query(`DROP TABLE ${name}`)
  })

  it('is lowered by an owner of all organisations, who types the day it drops before', async () => {
    const staff = await setupStaff()
    const other = await setupStaff()
    const { owner } = staff
    const name = await addOldWeek(staff)
    const { body: preview } = await owner.call('GET', `${RETENTION}/preview?days=30`)
    expect(preview).toMatchObject({ days: 30, currentDays: 90, isLower: true, weeks: 1 })
    expect(preview.bytes).toBeGreaterThan(0)
    expect(new Date(preview.dropsBefore).getUTCDay()).toBe(1)
    const change = (confirmation?: string) =>
      owner.call('PUT', RETENTION, { body: { days: 30, confirmation } })
    expect((await change(preview.dropsBefore)).status).toBe(403)
    expect((await owner.call('GET', RETENTION)).body.mayChange).toBe(false)
    await ownEverything(staff)
    expect(await change()).toMatchObject({ status: 400, body: { code: 'confirmation_needed' } })
    expect(await change('2020-01-06')).toMatchObject({
      status: 409,
      body: { code: 'preview_outdated' },
    })
    expect((await change(preview.dropsBefore)).status).toBe(204)
    const { body } = await owner.call('GET', RETENTION)
    expect(body).toMatchObject({ days: 30, source: 'console', mayChange: true })
    expect(await staff.auditActions()).toContain('installation.retention')
    expect(await other.auditActions()).toContain('installation.retention')
    // Longer again, and back to the environment's, needs no confirmation.
    expect((await owner.call('PUT', RETENTION, { body: { days: null } })).status).toBe(204)
    expect((await owner.call('GET', RETENTION)).body).toMatchObject({ days: 90, source: 'default' })
    await staff.core.db.hot.query(`DROP TABLE ${name}`)
  })

  it('is not for admins to change, nor for keys, nor for support to see', async () => {
    const staff = await setupStaff()
    const body = { days: 400 }
    const admin = await staff.join('admin')
    expect((await admin.call('PUT', RETENTION, { body })).status).toBe(403)
    const { text } = await staff.apiKey({ scopes: ['admin'] })
    expect((await staff.as(text)('GET', RETENTION)).body.mayChange).toBe(false)
    expect((await staff.as(text)('PUT', RETENTION, { body })).status).toBe(403)
    const support = await staff.join('support')
    expect((await support.call('GET', RETENTION)).status).toBe(403)
    expect((await staff.owner.call('PUT', RETENTION, { body: { days: 0 } })).status).toBe(422)
  })
})

describe('settings of the installation', () => {
  it('are shown to admins with where each comes from, and never a secret', async () => {
    const staff = await setupStaff()
    const admin = await staff.join('admin')
    const { body } = await admin.call('GET', '/installation/setting')
    expect(body.data).toContainEqual({
      group: 'networks',
      name: 'httpsOnly',
      value: 'false',
      source: 'environment',
      variable: 'POSTHORN_HTTPS_ONLY',
    })
    const text = JSON.stringify(body)
    for (const secret of ['a-signing-secret', Buffer.alloc(32).toString('base64'), 'postgres'])
      expect(text).not.toContain(secret)
    const support = await staff.join('support')
    expect((await support.call('GET', '/installation/setting')).status).toBe(403)
  })

  it('say only that a token is set, and leave credentials out of a URL', () => {
    const env = {
      POSTHORN_METRICS_TOKEN: 'a-token-of-the-metrics',
      REDIS_URL: 'redis://:password@redis/0',
      POSTHORN_SMTP_URL: 'smtp://me:password@mail.example.com',
      DATABASE_URL: 'postgres://db/posthorn?password=password',
      POSTHORN_PUBLIC_URL: 'https://user:password@hooks.example.com',
    }
    const text = JSON.stringify(describeSettings(env, false))
    expect(text).not.toContain('a-token-of')
    expect(text).not.toContain('password')
    expect(text).toContain('hooks.example.com')
  })

  it('are all that there are', () => {
    const example = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8')
    const named = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, variable]) => variable)
    const told = describeSettings({}, false).map(({ variable }) => variable)
    expect(new Set(told)).toEqual(new Set(named))
  })

  it('say what was chosen in the console', async () => {
    const staff = await setupStaff()
    await ownEverything(staff)
    const read = async () => {
      const { body } = await staff.owner.call('GET', '/installation/setting')
      return body.data.find(({ name }: { name: string }) => name === 'retentionDays')
    }
    expect(await read()).toMatchObject({ value: '90', source: 'default' })
    await staff.owner.call('PUT', RETENTION, { body: { days: 90 } })
    expect(await read()).toMatchObject({ value: '90', source: 'console' })
    await staff.owner.call('PUT', RETENTION, { body: { days: null } })
    expect(await read()).toMatchObject({ value: '90', source: 'default' })
  })

  it('have the defaults that .env.example names', () => {
    const example = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8')
    for (const { variable, value } of describeSettings({}, false)) {
      const line = example.split('\n').find((one) => one.startsWith(`${variable}=`))
      expect(line, variable).toBeDefined()
      const named = line?.slice(variable.length + 1) ?? ''
      if (named !== '') expect(value, variable).toBe(named)
    }
  })
})
