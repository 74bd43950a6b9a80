import { DEFAULT_OPTIONS } from '@posthorn/core'
import { getOriginalBody } from '@posthorn/core/ingest'
import { expect, it } from 'vitest'
import { startTestIngest } from './test-ingest.ts'

const MULTIPART = Buffer.concat([
  Buffer.from('--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n'),
  Buffer.from([0xe9, 0, 0xff]),
  Buffer.from('\r\n--x--\r\n'),
])

it.each([
  ['XML', 'application/xml', Buffer.from('<a  b="1">é</a>\n')],
  ['a form', 'application/x-www-form-urlencoded', Buffer.from('a=1&a=%202')],
  ['multipart', 'multipart/form-data; boundary=x', MULTIPART],
  ['JSON', 'application/json', Buffer.from('{ "n": 1e400,\n "n": 2 }')],
])('of %s that was made JSON comes back byte for byte', async (_, contentType, body) => {
  await using ingest = await startTestIngest()
  const source = await ingest.source({ options: { ...DEFAULT_OPTIONS, bodies: 'json' } })
  expect((await source.send(body, { 'content-type': contentType })).status).toBe(200)
  const [request] = await source.requests()
  const asked = { source: source.id, id: request?.id ?? '' }
  const original = await getOriginalBody(ingest.core, ingest.scope, asked)
  expect(Buffer.from(original.bytes)).toEqual(body)
  expect(original.contentType).toBe(contentType)
})

it('of what no text holds comes back as it came, and is gone with its payload', async () => {
  await using ingest = await startTestIngest()
  const source = await ingest.source()
  const body = Buffer.from([0, 0xff, 0xfe])
  await source.send(body, { 'content-type': 'application/x-thing' })
  const [request] = await source.requests()
  const asked = { source: source.id, id: request?.id ?? '' }
  const original = await getOriginalBody(ingest.core, ingest.scope, asked)
  expect(Buffer.from(original.bytes)).toEqual(body)
  await ingest.core.db.hot.query(`UPDATE message SET payload_expires_at = now()`)
  await expect(getOriginalBody(ingest.core, ingest.scope, asked)).rejects.toHaveProperty(
    'code',
    'not_found',
  )
})
