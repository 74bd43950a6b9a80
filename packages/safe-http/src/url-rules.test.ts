import { expect, test } from 'vitest'
import { parseCidr } from './cidr.ts'
import { readSubnets } from './policy-text.ts'
import { judgeEndpointUrl, type UrlPolicy } from './url-rules.ts'

const loopback = parseCidr('127.0.0.1/32')
if (!loopback) throw new Error('not a CIDR')

function subnets(text: string) {
  const read = readSubnets(text)
  if (read === null) throw new Error('not subnets')
  return read
}

const production: UrlPolicy = { httpsOnly: true, allowSubnets: [] }
const local: UrlPolicy = { httpsOnly: false, allowSubnets: [loopback] }

function ruleOf(text: string, policy: UrlPolicy): string | null {
  const judged = judgeEndpointUrl(text, policy)
  if ('url' in judged) return null
  expect(judged.fault).toMatch(/^[A-Z].*\.$/)
  return judged.rule
}

test.each([
  ['https://example.com', 'https://example.com/'],
  ['https://EXAMPLE.com/Path?Query=1&b=%20', 'https://example.com/Path?Query=1&b=%20'],
  ['HTTPS://example.com:443/x', 'https://example.com/x'],
  ['https://example.com:8443/a/../b', 'https://example.com:8443/b'],
  ['https://my_host.example.com/', 'https://my_host.example.com/'],
  ['https://bücher.example/é', 'https://xn--bcher-kva.example/%C3%A9'],
  ['https://8.8.8.8/x', 'https://8.8.8.8/x'],
  ['https://[2606:4700:4700:0::1111]/x', 'https://[2606:4700:4700::1111]/x'],
  ['https://example.com/@user:80//x', 'https://example.com/@user:80//x'],
  ['https://example.com?x=http://127.0.0.1/', 'https://example.com/?x=http://127.0.0.1/'],
  ['https://localhost.example.com/', 'https://localhost.example.com/'],
])('keeps %s as %s', (text, url) => {
  expect(judgeEndpointUrl(text, production)).toEqual({ url, basicAuthorization: null })
})

test.each([
  '127.1',
  '2130706433',
  '017700000001',
  '0x7f.1',
  '0177.0.0.1',
  '127.0.0.1.',
  '0x7f000001',
  '%31%32%37.0.0.1',
  '127。0。0。1',
  '①②⑦.⓪.⓪.①',
  '１２７.０.０.１',
  '127.0.0.1',
  '1',
  '0',
  '[::ffff:7f00:1]',
  '[::7f00:1]',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:a00:5]',
  '[fe80::1]',
  '[fd00::1]',
  '2852039166',
  '10.0.0.1',

  '169.254.169.254',
  '168.63.129.16',
  '192.168.1.1',
  '100.64.0.1',
  '255.255.255.255',
  '0x7f.0.0.0x1',

  'localhost',
  'LOCALHOST',
  'localhost.',
  'a.localhost',
  'a.localhost.',
  'ⓛocalhost',
  'intranet',

  '127.0.0.1:443',
  'user:pass@127.0.0.1',
  'a.com@127.0.0.1',
  'a.com@b.com@127.0.0.1',
  '127.0.0.1:80@localhost',

  'ex%61mple.com',
  'example.com.',
  '8.8.8.8.',
  '134744072',
  '[fe80::1%25eth0]',
  '1.2.3.4.5',
  '256.1.1.1',

  '',
  '.',
  'a..com',
  '.com',
  'exa mple.com',
  'example.com:0',
  'example.com:99999',
  'a$b.com',
  'a*b.com',
])('refuses https://%s/ in production', (host) => {
  expect(ruleOf(`https://${host}/`, production)).not.toBeNull()
})

test.each([
  'https:127.0.0.1',
  'https:example.com',
  'https:/example.com/',
  'https:///example.com/',
  'https:////example.com/',
  'https:\\\\example.com/',
  'https://127.0.0.1\\.a.com/',
  'https://example.com\\@a.com/',
  'https://exam\tple.com/',
  'https://example.com/\r\nx',
  'https://example.com/\nx',
  ' https://example.com/',
  'https://example.com/ ',
  'https://example.com/a b',
  'https://example.com/\0',
  '\u00a0https://example.com/',
  'https://example.com/\ud800',
  'ht\ntps://example.com/',
])('refuses %j, whose meaning differs from its form', (text) => {
  expect(ruleOf(text, production)).toBe('ambiguous')
})

test.each([
  ['http://example.com/', 'scheme'],
  ['ftp://example.com/', 'scheme'],
  ['file:///etc/passwd', 'ambiguous'],
  ['javascript:alert(1)', 'ambiguous'],
  ['gopher://example.com/', 'scheme'],
  ['ws://example.com/', 'scheme'],
  ['https://example.com:0/', 'port'],
  ['https://example.com/#x', 'fragment'],
  ['https://example.com/#', 'fragment'],
  [`https://example.com/${'x'.repeat(2048)}`, 'too_long'],
  [`https://example.com/${'é'.repeat(1000)}`, 'too_long'],
  [`https://${'a'.repeat(64)}.com/`, 'host'],
  [`https://${'a.'.repeat(130)}com/`, 'host'],
  ['https://localhost/', 'local_host'],
  ['https://intranet/', 'local_host'],
  ['https://10.0.0.1/', 'blocked_address'],
  ['nonsense', 'not_a_url'],
  ['/relative', 'not_a_url'],
])('names the broken rule of %s: %s', (text, rule) => {
  expect(ruleOf(text, production)).toBe(rule)
})

test('local mode takes plain http at 127.0.0.1, and local names for the connection to decide', () => {
  expect(ruleOf('http://127.0.0.1:9000/x', local)).toBeNull()
  expect(ruleOf('http://localhost:9000/x', local)).toBeNull()
  expect(ruleOf('http://receiver:9000/x', local)).toBeNull()
  expect(ruleOf('http://example.com/', local)).toBeNull()
  for (const host of ['[::1]', '127.0.0.2', '[::ffff:127.0.0.1]', '10.0.0.1', '169.254.169.254']) {
    expect(ruleOf(`http://${host}/`, local)).toBe('blocked_address')
  }
  expect(ruleOf('ftp://127.0.0.1/', local)).toBe('scheme')
})

test.each([
  ['https://user:pass@example.com/x', 'user:pass'],
  ['https://user@example.com/x', 'user:'],
  ['https://:pass@example.com/x', ':pass'],
  ['https://us%40er:p%3Ass%20w%C3%A9@example.com/x', 'us@er:p:ss wé'],
])('moves the userinfo of %s into an authorization header', (text, pair) => {
  expect(judgeEndpointUrl(text, production)).toEqual({
    url: 'https://example.com/x',
    basicAuthorization: `Basic ${Buffer.from(pair).toString('base64')}`,
  })
})

test.each(['us%3Aer:x', 'user:%0d%0a', 'user:%ff', 'user:%00'])(
  'refuses the userinfo %s, which no header can carry',
  (userinfo) => {
    expect(ruleOf(`https://${userinfo}@example.com/`, production)).toBe('userinfo')
  },
)

test('refuses the hosts that the operator names', () => {
  const policy = {
    ...production,
    refuseSubnets: subnets('8.8.0.0/16'),
    refusedHosts: ['Posthorn.example.com', '*.corp.example', '9.9.9.9'],
  }
  for (const host of [
    'posthorn.example.com',
    'POSTHORN.example.com',
    'a.corp.example',
    '9.9.9.9',
    '8.8.8.8',
  ]) {
    expect(ruleOf(`https://${host}/`, policy)).toBe('refused_host')
  }
  for (const host of ['a.posthorn.example.com', 'corp.example', 'xcorp.example', '8.9.4.4']) {
    expect(ruleOf(`https://${host}/`, policy)).toBeNull()
  }
})
