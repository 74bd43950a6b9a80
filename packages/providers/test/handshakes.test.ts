import { describe, expect, test } from 'vitest'
import { now, seconds, secret, hmac, ask } from './handshake-setup.ts'

describe('hub.challenge', () => {
  const config = { verifyToken: 'token' }
  const query = 'hub.mode=subscribe&hub.verify_token=token&hub.challenge=1158201444'

  test.each(['meta', 'facebook'])('%s gets it back as text that no browser runs', async (type) => {
    expect(await ask(type, { query, config })).toMatchObject({
      outcome: 'answered',
      status: 200,
      body: '1158201444',
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        'x-content-type-options': 'nosniff',
        'content-security-policy': expect.stringContaining("default-src 'none'"),
      },
    })
  })

  test('Strava gets it back as JSON', async () => {
    const answer = await ask('strava', { query, config, secrets: [] })
    expect(answer).toMatchObject({ body: '{"hub.challenge":"1158201444"}' })
  })

  test.each([
    ['another token', { query: query.replace('token=token', 'token=tokem'), config }],
    ['another mode', { query: query.replace('subscribe', 'unsubscribe'), config }],
    ['no configured token', { query, config: {} }],
  ])('is a 403 with %s', async (_what, asked) => {
    expect(await ask('meta', asked)).toMatchObject({ outcome: 'refused', status: 403 })
  })

  test.each(['%3Cscript%3E%0d%0ax', '%00', 'x'.repeat(1025), ''])(
    'never sends back what is long or not printable: %s',
    async (challenge) => {
      const bad = query.replace('1158201444', challenge)
      expect(await ask('meta', { query: bad, config })).toMatchObject({ status: 400 })
    },
  )

  test('is no matter of a POST', async () => {
    expect(await ask('meta', { method: 'POST', query, config })).toBeUndefined()
  })
})

test('Fitbit gets 204 for the right code and 404 for any other', async () => {
  const config = { verificationCode: 'c0de' }
  expect(await ask('fitbit', { query: 'verify=c0de', config })).toMatchObject({ status: 204 })
  expect(await ask('fitbit', { query: 'verify=c0df', config })).toMatchObject({ status: 404 })
  expect(await ask('fitbit', { query: 'verify=', config: {} })).toMatchObject({ status: 404 })
})

describe('signed challenges are verified first', () => {
  const zoom = JSON.stringify({
    event: 'endpoint.url_validation',
    payload: { plainToken: 'qgg8vlvZRS6UYooatFL8Aw' },
  })
  const zoomHeaders = (body: string) => ({
    'x-zm-request-timestamp': seconds,
    'x-zm-signature': `v0=${hmac(`v0:${seconds}:${body}`).digest('hex')}`,
  })

  test('Slack’s url_verification', async () => {
    const body =
      '{"type":"url_verification","challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}'
    const headers = {
      'x-slack-request-timestamp': seconds,
      'x-slack-signature': `v0=${hmac(`v0:${seconds}:${body}`).digest('hex')}`,
    }
    expect(await ask('slack', { method: 'POST', body, headers })).toMatchObject({
      status: 200,
      body: '{"challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}',
    })
    const wrong = { ...headers, 'x-slack-request-timestamp': '1' }
    expect(await ask('slack', { method: 'POST', body, headers: wrong })).toMatchObject({
      outcome: 'refused',
      status: 401,
    })
  })

  test('Zoom’s url_validation', async () => {
    const headers = zoomHeaders(zoom)
    expect(await ask('zoom', { method: 'POST', body: zoom, headers })).toMatchObject({
      status: 200,
      body: JSON.stringify({
        plainToken: 'qgg8vlvZRS6UYooatFL8Aw',
        encryptedToken: hmac('qgg8vlvZRS6UYooatFL8Aw').digest('hex'),
      }),
    })
    expect(await ask('zoom', { method: 'POST', body: zoom })).toMatchObject({ status: 401 })
  })

  test.each([`v0:${seconds}:{}`, '{"event":"x"}', 'x'.repeat(200), ''])(
    'Zoom never gets a signature of what could be a webhook: %s',
    async (plainToken) => {
      const body = JSON.stringify({ event: 'endpoint.url_validation', payload: { plainToken } })
      const headers = zoomHeaders(body)
      const answer = await ask('zoom', { method: 'POST', body, headers })
      expect(answer).toMatchObject({ outcome: 'refused' })
    },
  )

  test('Twitch’s callback verification', async () => {
    const body = '{"challenge":"pogchamp-kappa-360noscope-vohiyo"}'
    const headers = {
      'twitch-eventsub-message-id': 'm-1',
      'twitch-eventsub-message-timestamp': now.toISOString(),
      'twitch-eventsub-message-type': 'webhook_callback_verification',
    }
    const signature = hmac(`m-1${now.toISOString()}${body}`).digest('hex')
    const signed = { ...headers, 'twitch-eventsub-message-signature': `sha256=${signature}` }
    expect(await ask('twitch', { method: 'POST', body, headers: signed })).toMatchObject({
      body: 'pogchamp-kappa-360noscope-vohiyo',
    })
    expect(await ask('twitch', { method: 'POST', body, headers })).toMatchObject({ status: 401 })
  })

  test('Google Health, which first asks with its secret and then without', async () => {
    const asked = { method: 'POST', body: '{"type":"verification"}' }
    const headers = { authorization: secret }
    expect(await ask('google-health', { ...asked, headers })).toMatchObject({ status: 201 })
    expect(await ask('google-health', asked)).toMatchObject({ status: 401 })
  })
})

test('X gets an HMAC of its token, and of nothing that could be a webhook', async () => {
  const answer = await ask('x', { query: 'crc_token=challenge', secrets: ['consumer_secret'] })
  expect(answer).toMatchObject({
    body: '{"response_token":"sha256=sK4UwR/IcShb2OsUbPSWy6d8gFbkFu47TCu+K/nKFsE="}',
  })
  expect(await ask('x', { query: 'crc_token=%7B%7D' })).toMatchObject({ status: 400 })
})

test('Dropbox, Nylas and Onfleet get their challenge back', async () => {
  expect(await ask('dropbox', { query: 'challenge=abc' })).toMatchObject({ body: 'abc' })
  expect(await ask('nylas', { query: 'challenge=abc' })).toMatchObject({ body: 'abc' })
  expect(await ask('onfleet', { query: 'check=abc' })).toMatchObject({ body: 'abc' })
  expect(await ask('dropbox', { query: 'challenge=abc', secrets: [] })).toBeUndefined()
})

test('Nylas gets its challenge back before it shows the secret', async () => {
  const asked = { query: 'challenge=abc', secrets: [] }
  expect(await ask('nylas', asked)).toMatchObject({ status: 200, body: 'abc' })
  expect(await ask('nylas', { ...asked, method: 'POST' })).toBeUndefined()
})

describe('secrets that arrive by themselves', () => {
  const hook = { method: 'POST', headers: { 'x-hook-secret': 'b537207f20cbfa02357cf448134da559' } }

  test('Asana’s is learned once and echoed; another is a 403', async () => {
    expect(await ask('asana', { ...hook, secrets: [] })).toMatchObject({
      headers: { 'x-hook-secret': hook.headers['x-hook-secret'] },
      learnedSecret: hook.headers['x-hook-secret'],
    })
    expect(await ask('asana', { ...hook, secrets: ['another'] })).toMatchObject({ status: 403 })
  })

  test('Notion’s is learned unless it is signed with another, and may come again', async () => {
    const token = 'secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl'
    const body = JSON.stringify({ verification_token: token })
    const signature = hmac(body, 'sha256', token).digest('hex')
    const headers = { 'x-notion-signature': `sha256=${signature}` }
    const asked = { method: 'POST', body, secrets: [] }
    expect(await ask('notion', { ...asked, headers })).toMatchObject({ learnedSecret: token })
    expect(await ask('notion', asked)).toMatchObject({ learnedSecret: token })
    const wrong = { 'x-notion-signature': `sha256=${'0'.repeat(64)}` }
    expect(await ask('notion', { ...asked, headers: wrong })).toMatchObject({ status: 401 })
    const again = await ask('notion', { ...asked, headers, secrets: [token] })
    expect(again).toMatchObject({ status: 200 })
    const other = await ask('notion', { ...asked, headers, secrets: ['a'] })
    expect(other).toMatchObject({ status: 403 })
  })
})

test('Okta, Event Grid, Graph, Braintree and Adobe get the answers they ask for', async () => {
  const okta = { headers: { 'x-okta-verification-challenge': 'abc' } }
  expect(await ask('okta', okta)).toMatchObject({ body: '{"verification":"abc"}' })
  const grid = {
    method: 'POST',
    query: `code=${secret}`,
    headers: { 'aeg-event-type': 'SubscriptionValidation' },
    body: '[{"data":{"validationCode":"512d38b6","validationUrl":"https://evil.example"}}]',
  }
  expect(await ask('azure-event-grid', grid)).toMatchObject({
    status: 200,
    body: '{"validationResponse":"512d38b6"}',
  })
  expect(await ask('azure-event-grid', { ...grid, query: '' })).toMatchObject({ status: 401 })
  const graph = { method: 'POST', query: 'validationToken=Validation%3A+a%20b' }
  expect(await ask('microsoft-graph', graph)).toMatchObject({ body: 'Validation: a b' })
  const config = { publicKey: 'pub' }
  const braintree = await ask('braintree', { query: `bt_challenge=${'0a'.repeat(10)}`, config })
  expect(braintree).toMatchObject({ body: expect.stringMatching(/^pub\|[0-9a-f]{40}$/) })
  const adobe = { headers: { 'x-adobesign-clientid': secret } }
  expect(await ask('adobe-sign', adobe)).toMatchObject({
    body: `{"xAdobeSignClientId":"${secret}"}`,
  })
  expect(await ask('adobe-sign', { headers: {} })).toMatchObject({ status: 403 })
})

test('CloudEvents is allowed for its origin, or for the one that is configured', async () => {
  const asked = { method: 'OPTIONS', headers: { 'webhook-request-origin': 'events.example.com' } }
  expect(await ask('cloudevents', asked)).toMatchObject({
    status: 200,
    headers: { 'webhook-allowed-origin': 'events.example.com', 'webhook-allowed-rate': '*' },
  })
  const config = { allowedOrigin: 'other.example.com' }
  expect(await ask('cloudevents', { ...asked, config })).toMatchObject({ status: 403 })
})
