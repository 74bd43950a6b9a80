import { expect, test } from 'vitest'
import { type DnsReply, dnsServer } from '../test/dns-server.ts'
import { NameResolver, type NameResolverOptions } from './name-resolver.ts'

async function setup(reply: (name: string) => DnsReply, options: NameResolverOptions = {}) {
  const stack = new AsyncDisposableStack()
  const dns = stack.use(await dnsServer(reply))
  const resolver = stack.use(new NameResolver({ servers: [dns.address], ...options }))
  return { dns, resolver, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

test('gives all addresses of both families', async () => {
  const addresses = ['192.0.2.1', '192.0.2.2', '2001:db8::1']
  await using given = await setup(() => ({ addresses }))
  expect(await given.resolver.resolve('a.example')).toEqual({ kind: 'addresses', addresses })
})

test('follows a CNAME', async () => {
  await using given = await setup(() => ({ cname: 'b.example', addresses: ['192.0.2.1'] }))
  expect(await given.resolver.resolve('a.example')).toMatchObject({ addresses: ['192.0.2.1'] })
})

test('asks once for a name however many wait for it, and again only after its TTL', async () => {
  await using given = await setup(() => ({ addresses: ['192.0.2.1'], ttl: 60 }))
  await Promise.all(Array.from({ length: 50 }, () => given.resolver.resolve('a.example')))
  await given.resolver.resolve('a.example')
  expect(given.dns.questions).toHaveLength(2)
})

test('keeps an answer no longer than the cap allows', async () => {
  await using given = await setup(() => ({ addresses: ['192.0.2.1'], ttl: 86_400 }), {
    maxTtlMs: 1000,
  })
  const startedAtMs = performance.now()
  await given.resolver.resolve('a.example')
  await expect
    .poll(
      async () => {
        await given.resolver.resolve('a.example')
        return given.dns.questions.length
      },
      { timeout: 5000 },
    )
    .toBe(4)
  expect(performance.now() - startedAtMs).toBeGreaterThan(900)
})

test('forgets names beyond its number', async () => {
  await using given = await setup(() => ({ addresses: ['192.0.2.1'] }), { maxCachedNames: 2 })
  for (const name of ['a.example', 'b.example', 'c.example', 'a.example']) {
    await given.resolver.resolve(name)
  }
  expect(given.dns.questions).toHaveLength(8)
})
