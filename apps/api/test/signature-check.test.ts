import { createHmac } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { sendAs } from './api-setup.ts'
import { setupReading } from './reading-setup.ts'

const secretOf = (digit: number) => `whsec_${Buffer.alloc(24, digit).toString('base64')}`
const [CURRENT, FORMER, ENDED, STRANGE] = [1, 2, 3, 4].map(secretOf) as [
  string,
  string,
  string,
  string,
]
const BODY = '{"amount":12345678901234567890,"to":"é"}'

interface Parts {
  readonly id: string
  readonly timestamp: string
  readonly signature: string
  readonly body: string
}

const hmac = (key: string | Buffer, content: string) =>
  createHmac('sha256', key).update(content).digest()
const keyOf = (secret: string) => Buffer.from(secret.slice('whsec_'.length), 'base64')
const v1 = (digest: Buffer) => `v1,${digest.toString('base64')}`

/** An endpoint with a secret, one in its grace period and one that ended, and a message that was sent. */
async function setupSignatures() {
  const bench = await setupReading()
  const send = sendAs(bench.url, bench.token)
  const app = `/app/${bench.app.appId}`
  const post = async (path: string, body: object) => (await send('POST', app + path, { body })).body
  const endpoint = await post('/endpoint', {
    url: 'https://hooks.example.com/a',
    secret: ENDED,
  })
  const one = `/endpoint/${endpoint.id}`
  await post(`${one}/secret/rotate`, { key: FORMER })
  await post(`${one}/secret/rotate`, { key: CURRENT, gracePeriodSeconds: 3600 })
  await bench.pool.query(
    `UPDATE endpoint_secret SET expires_at = now() - interval '1 minute'
      WHERE endpoint_id = $1 AND expires_at > now() + interval '2 hours'`,
    [endpoint.id],
  )
  await send('POST', '/event-type', { body: { name: 'invoice.paid', description: '' } })
  const text = `{"eventType":"invoice.paid","payload":${BODY}}`
  const { body: message } = await send('POST', `${app}/msg`, { body: text })
  const path = `${app}${one}/check-signature`
  const now = Math.floor(Date.now() / 1000)
  const signed = (parts: Partial<Parts>, ...secrets: string[]): Parts => {
    const whole = { id: String(message.id), timestamp: String(now), body: BODY, ...parts }
    const { id, body } = whole
    const content = `${id}.${whole.timestamp}.${body}`
    const signature = secrets.map((secret) => v1(hmac(keyOf(secret), content))).join(' ')
    return { signature, ...whole }
  }
  return { ...bench, send, path, now, signed, messageId: String(message.id) }
}

type Bench = Awaited<ReturnType<typeof setupSignatures>>

describe('a signature', () => {
  let bench: Bench
  beforeAll(async () => {
    bench = await setupSignatures()
  })

  const withSignature = (part: (whole: Parts) => string): Parts => {
    const whole = bench.signed({}, CURRENT)
    return { ...whole, signature: part(whole) }
  }
  const contentOf = ({ id, timestamp, body }: Parts) => `${id}.${timestamp}.${body}`

  const TABLE: readonly (readonly [string, () => Parts, string])[] = [
    ['as it came', () => bench.signed({}, CURRENT), 'matches'],
    ['by the former secret', () => bench.signed({}, FORMER), 'matches'],
    ['by both', () => bench.signed({}, CURRENT, FORMER), 'matches'],
    [
      'in whole lines of headers',
      () => {
        const { id, timestamp, signature, body } = bench.signed({}, CURRENT)
        return {
          id: `webhook-id: ${id}`,
          timestamp: `svix-timestamp:${timestamp} `,
          signature: `Webhook-Signature: ${signature}`,
          body,
        }
      },
      'matches',
    ],
    [
      'with numbers that parsing has changed',
      () => ({ ...bench.signed({}, CURRENT), body: JSON.stringify(JSON.parse(BODY)) }),
      'body_reprinted',
    ],
    [
      'with an indented body, of a message that is not known',
      () => ({
        ...bench.signed({ id: 'msg_1', body: '{"a":[1,{}]}' }, CURRENT),
        body: '{\n  "a": [1, {}]\n}',
      }),
      'body_reprinted',
    ],
    [
      'with the spaces that Python prints',
      () => ({
        ...bench.signed({ id: 'msg_1', body: '{"a": [1, {"b": null}]}' }, CURRENT),
        body: '{"a":[1,{"b":null}]}',
      }),
      'body_reprinted',
    ],
    [
      'with a line break that copying added',
      () => ({ ...bench.signed({}, CURRENT), body: `${BODY}\n` }),
      'body_space',
    ],
    [
      'with line ends of another system',
      () => ({
        ...bench.signed({ id: 'msg_1', body: 'a\r\nb' }, CURRENT),
        body: 'a\nb',
      }),
      'body_space',
    ],
    [
      'with another body than the one that was sent',
      () => ({ ...bench.signed({}, CURRENT), body: '{"amount":1}' }),
      'body_changed',
    ],
    ['without its prefix', () => withSignature((it) => it.signature.slice(3)), 'signature_form'],
    [
      'in hexadecimal digits',
      () => withSignature((it) => hmac(keyOf(CURRENT), contentOf(it)).toString('hex')),
      'signature_form',
    ],
    [
      'over the body alone',
      () => withSignature((it) => v1(hmac(keyOf(CURRENT), it.body))),
      'content_incomplete',
    ],
    [
      'over timestamp and body',
      () => withSignature((it) => v1(hmac(keyOf(CURRENT), `${it.timestamp}.${it.body}`))),
      'content_incomplete',
    ],
    [
      'with the written secret as its key',
      () => withSignature((it) => v1(hmac(CURRENT, contentOf(it)))),
      'secret_not_decoded',
    ],
    [
      'with the Base64 of the secret as its key',
      () => withSignature((it) => v1(hmac(CURRENT.slice('whsec_'.length), contentOf(it)))),
      'secret_not_decoded',
    ],
    ['by a secret that has ended', () => bench.signed({}, ENDED), 'ended_secret'],
    ['by a secret of somebody else', () => bench.signed({}, STRANGE), 'wrong_secret'],
    [
      'of a message that is not known, by nobody’s secret',
      () => bench.signed({ id: 'msg_1' }, STRANGE),
      'no_match',
    ],
    [
      'with a time in milliseconds',
      () => ({ ...bench.signed({}, CURRENT), timestamp: `${bench.now}000` }),
      'bad_timestamp',
    ],
    [
      'of brackets without end',
      () => ({ ...bench.signed({ id: 'msg_1' }, STRANGE), body: '['.repeat(200_000) }),
      'no_match',
    ],
  ]

  it.each(TABLE)('%s', async (_, parts, verdict) => {
    const { status, body } = await bench.send('POST', bench.path, { body: parts() })
    expect([status, body.verdict]).toEqual([200, verdict])
  })

  it('is said to be by the current secret or by one that still signs, and no secret is told', async () => {
    const { body } = await bench.send('POST', bench.path, {
      body: bench.signed({}, CURRENT, FORMER),
    })
    const { body: live } = await bench.send(
      'GET',
      bench.path.replace('check-signature', 'secret/list'),
    )
    const known = live.data.map(({ fingerprint, expiresAt }: Record<string, string>) => ({
      fingerprint,
      expiresAt,
    }))
    expect(body.secrets).toEqual(known)
    expect(known.map(({ expiresAt }: { expiresAt: string | null }) => expiresAt === null)).toEqual([
      true,
      false,
    ])
    for (const secret of [CURRENT, FORMER, ENDED])
      expect(JSON.stringify(body)).not.toContain(secret.slice('whsec_'.length))
  })

  it.each([
    [0, 'in_time'],
    [290, 'in_time'],
    [310, 'too_old'],
    [-310, 'too_new'],
  ])('from %i seconds ago is %s', async (ageSeconds, verdict) => {
    const timestamp = String(Math.floor(Date.now() / 1000) - ageSeconds)
    const { body } = await bench.send('POST', bench.path, {
      body: bench.signed({ timestamp }, CURRENT),
    })
    expect(body).toMatchObject({ verdict: 'matches', clock: { verdict } })
    expect(Math.abs(body.clock.ageSeconds - ageSeconds)).toBeLessThan(8)
  })

  it('is checked for whoever may look at the endpoint, and for nobody else', async () => {
    const foreign = await setupReading()
    const { token } = (
      await bench.send('POST', `/auth/app-portal-access/${bench.app.appId}`, {
        body: { capabilities: ['ViewBase'] },
      })
    ).body
    const asked = async (bearer: string, path = bench.path) =>
      (await sendAs(bench.url, bearer)('POST', path, { body: bench.signed({}, CURRENT) })).status
    expect(await asked(token)).toBe(200)
    expect(await asked('')).toBe(401)
    expect(await asked(foreign.token)).toBe(404)
    expect(await asked(bench.token, bench.path.replace('/check', 'x/check'))).toBe(404)
  })

  it.each(['id', 'timestamp', 'signature'])('needs the %s', async (name) => {
    const { status, body } = await bench.send('POST', bench.path, {
      body: { ...bench.signed({}, CURRENT), [name]: ' ' },
    })
    expect([status, body.detail[0].loc]).toEqual([422, ['body', name]])
  })

  it('leaves no record that it was checked', async () => {
    const records = async () => {
      const { rows } = await bench.pool.query('SELECT id FROM audit_record WHERE org_id = $1', [
        bench.app.orgId,
      ])
      return rows
    }
    const before = await records()
    expect(before.length).toBeGreaterThan(0)
    await bench.send('POST', bench.path, { body: bench.signed({}, CURRENT) })
    expect(await records()).toEqual(before)
  })
})
