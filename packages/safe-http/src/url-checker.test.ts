import { expect, test } from 'vitest'
import { type DnsReply, dnsServer } from '../test/dns-server.ts'
import { UrlChecker } from './url-checker.ts'

const POLICY = { httpsOnly: true, allowSubnets: [] }

async function setup(reply: (name: string) => DnsReply) {
  const stack = new AsyncDisposableStack()
  const dns = stack.use(await dnsServer(reply))
  const resolver = { servers: [dns.address], timeoutMs: 600 }
  const checker = stack.use(new UrlChecker({ policy: POLICY, resolver, maxLookups: 2 }))
  return { dns, checker, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

test('takes a name whose every address is public', async () => {
  await using given = await setup(() => ({ addresses: ['93.184.216.34', '2606:4700::1'] }))
  expect(await given.checker.check('https://a.example/hooks')).toEqual({
    url: 'https://a.example/hooks',
    fault: null,
    lookup: 'public',
  })
})

test('refuses a name with one address inside, and does not tell which', async () => {
  await using given = await setup(() => ({ addresses: ['93.184.216.34', '10.1.2.3'] }))
  const { fault } = await given.checker.check('https://a.example/')
  expect(fault?.rule).toBe('blocked_address')
  expect(fault?.fault).not.toContain('10.')
})

test('only tells that a name is not in DNS: it may be there tomorrow', async () => {
  await using given = await setup(() => ({ rcode: 'NXDOMAIN' }))
  expect(await given.checker.check('https://a.example/')).toMatchObject({
    fault: null,
    lookup: 'dns_not_found',
  })
})

test('gives up on name servers that are silent', async () => {
  await using given = await setup(() => 'silence')
  expect(await given.checker.check('https://a.example/')).toMatchObject({ lookup: 'dns_timeout' })
})

test('asks DNS nothing about what is refused as it is written', async () => {
  await using given = await setup(() => ({ addresses: ['93.184.216.34'] }))
  expect((await given.checker.check('http://a.example/')).fault?.rule).toBe('scheme')
  expect((await given.checker.check('https://10.0.0.1/')).fault?.rule).toBe('blocked_address')
  expect(given.dns.questions).toEqual([])
})

test('looks up no more names at a time than it may', async () => {
  await using given = await setup(() => 'silence')
  const names = ['a.example', 'b.example', 'c.example']
  const checks = names.map((name) => given.checker.check(`https://${name}/`))
  expect((await Promise.all(checks)).map(({ lookup }) => lookup)).toEqual([
    'dns_timeout',
    'dns_timeout',
    'not_looked_up',
  ])
})
