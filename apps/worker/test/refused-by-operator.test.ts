import { startReceiver } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { loadWorkerConfig } from '../src/config.ts'
import { startPipeline } from './pipeline.ts'

describe('what waits for an endpoint', () => {
  it.each([
    ['a network', { POSTHORN_REFUSE_SUBNETS: '127.0.0.0/8,::1' }, 'blocked_address'],
    ['a host', { POSTHORN_REFUSE_HOSTS: 'localhost' }, 'invalid_url'],
  ])('in %s that the operator refuses is not sent', async (_where, refused, code) => {
    const env = { ...refused, POSTHORN_RETRY_SCHEDULE: 'none' }
    await using pipeline = await startPipeline({ env })
    await using receiver = await startReceiver()
    await pipeline.addEndpoint(receiver.url.replace('127.0.0.1', 'localhost'))
    const id = await pipeline.publish()
    await pipeline.untilStatus(id, 'failed')
    expect(await pipeline.attemptsOf(id)).toMatchObject([{ code }])
    expect(receiver.requests).toEqual([])
  })
})

it('is refused with one line for each setting of networks that is wrong', () => {
  const env = {
    DATABASE_URL: 'postgres://localhost/none',
    POSTHORN_ENCRYPTION_KEYS: Buffer.alloc(32).toString('base64'),
    POSTHORN_ALLOW_SUBNETS: '10.0.0.0/33',
    POSTHORN_REFUSE_SUBNETS: 'corp.example',
    POSTHORN_REFUSE_HOSTS: 'https://corp.example',
    POSTHORN_DNS_SERVERS: '9.9.9.9,dns.example',
  }
  expect(() => loadWorkerConfig(env)).toThrow(
    [
      'POSTHORN_ALLOW_SUBNETS: must be addresses or subnets like 10.0.0.0/8, joined by commas',
      'POSTHORN_REFUSE_SUBNETS: must be addresses or subnets like 10.0.0.0/8, joined by commas',
      'POSTHORN_REFUSE_HOSTS: must be host names like a.example or *.a.example, joined by commas',
      'POSTHORN_DNS_SERVERS: must be addresses, each with a port or not, joined by commas',
    ].join('\n'),
  )
})
