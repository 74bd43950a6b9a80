import { expect, test } from 'vitest'
import { type AddressPolicy, judgeAddress } from './address-rules.ts'
import { type Cidr, parseCidr } from './cidr.ts'
import { refusedRanges } from './refused-ranges.ts'

function cidrs(...texts: string[]): Cidr[] {
  return texts.map((text) => {
    const cidr = parseCidr(text)
    if (!cidr) throw new Error(`not a CIDR: ${text}`)
    return cidr
  })
}

const publicOnly: AddressPolicy = { allowSubnets: [] }
const isAllowed = (address: string, policy = publicOnly) => judgeAddress(address, policy).allowed

test.each([
  ['0.0.0.0', '0.255.255.255'],
  ['10.0.0.0', '10.255.255.255'],
  ['100.64.0.0', '100.127.255.255'],
  ['127.0.0.0', '127.255.255.255'],
  ['168.63.129.16', '168.63.129.16'],
  ['169.254.0.0', '169.254.255.255'],
  ['172.16.0.0', '172.31.255.255'],
  ['192.0.0.0', '192.0.0.255'],
  ['192.0.2.0', '192.0.2.255'],
  ['192.88.99.0', '192.88.99.255'],
  ['192.168.0.0', '192.168.255.255'],
  ['198.18.0.0', '198.19.255.255'],
  ['198.51.100.0', '198.51.100.255'],
  ['203.0.113.0', '203.0.113.255'],
  ['224.0.0.0', '239.255.255.255'],
  ['240.0.0.0', '255.255.255.255'],
  ['::', '::ffff:ffff'],
  ['::ffff:0:0', '::ffff:255.255.255.255'],
  ['::ffff:0:0:0', '::ffff:0:255.255.255.255'],
  ['64:ff9b::', '64:ff9b::ffff:ffff'],
  ['64:ff9b:1::', '64:ff9b:1:ffff:ffff:ffff:ffff:ffff'],
  ['100::', '100::ffff:ffff:ffff:ffff'],
  ['100:0:0:1::', '100::1:ffff:ffff:ffff:ffff'],
  ['2001::', '2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['2002::', '2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['3fff::', '3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['5f00::', '5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['fc00::', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['fe80::', 'febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['fec0::', 'feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['ff00::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
])('refuses both ends of the range %s to %s, saying why', (first, last) => {
  for (const address of [first, last]) {
    expect(judgeAddress(address, publicOnly)).toMatchObject({
      allowed: false,
      why: expect.stringMatching(/\w/),
    })
  }
})

test.each([
  ['1.0.0.0', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.255.255.255'],
  ['128.0.0.0', '168.63.129.15', '168.63.129.17', '169.253.255.255', '169.255.0.0'],
  ['172.15.255.255', '172.32.0.0', '191.255.255.255', '192.0.1.0', '192.0.3.0', '192.88.98.255'],
  ['192.88.100.0', '192.167.255.255', '192.169.0.0', '198.17.255.255', '198.20.0.0'],
  ['198.51.99.255', '198.51.101.0', '203.0.112.255', '203.0.114.0', '223.255.255.255', '8.8.8.8'],
  ['2001:200::', '2001:db7::', '2001:db9::', '2003::', '2606:4700:4700::1111', '2a00:1450::1'],
  ['3ffe::1', '2000::1', '2620:4f:8000::1'],
])('allows the public neighbours %s, %s, %s …', (...addresses) => {
  for (const address of addresses) expect(isAllowed(address)).toBe(true)
})

test.each(['4000::1', '1::1', '200::1', 'a000::1', '1fff::1', '9999::'])(
  'refuses %s, which is IPv6 that nobody was given',
  (address) => {
    expect(isAllowed(address)).toBe(false)
  },
)

test.each([
  ['no address', ['', 'localhost', 'example.com', '127.1', '2130706433', '0x7f.0.0.1', '8.8.8']],
  ['leading zeros', ['010.8.8.8', '8.8.8.08']],
  ['a zone id', ['fe80::1%eth0', '2606:4700:4700::1111%1']],
  [
    'brackets, ports, spaces',
    ['[2606:4700::1]', '8.8.8.8:80', ' 8.8.8.8', '8.8.8.8\n', '8.8.8.8/32'],
  ],
])('fails closed for %s', (_what, addresses) => {
  for (const address of addresses) {
    expect(judgeAddress(address, publicOnly)).toMatchObject({ allowed: false, range: 'none' })
  }
})

test.each([
  '::ffff:8.8.8.8',
  '::ffff:808:808',
  '0:0:0:0:0:ffff:808:808',
  '::8.8.8.8',
  '64:ff9b::8.8.8.8',
  '2002:808:808::',
])('refuses %s although the IPv4 address inside is public', (address) => {
  expect(isAllowed(address)).toBe(false)
})

test('an allowed subnet lifts the refusal for itself and for no other notation or family', () => {
  const policy = { allowSubnets: cidrs('127.0.0.1/32', 'fd00::/8') }
  expect(isAllowed('127.0.0.1', policy)).toBe(true)
  expect(isAllowed('fd12::1', policy)).toBe(true)
  for (const address of [
    '127.0.0.2',
    '::1',
    '::ffff:127.0.0.1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'fc00::1',
    '10.0.0.1',
  ]) {
    expect(isAllowed(address, policy)).toBe(false)
  }
})

test('an operator can refuse public addresses of its own, even within an allowed subnet', () => {
  const policy = {
    allowSubnets: cidrs('10.0.0.0/8'),
    refuseSubnets: cidrs('8.8.8.8', '10.1.0.0/16'),
  }
  expect(isAllowed('8.8.8.8', policy)).toBe(false)
  expect(isAllowed('8.8.4.4', policy)).toBe(true)
  expect(isAllowed('10.1.2.3', policy)).toBe(false)
  expect(isAllowed('10.2.2.3', policy)).toBe(true)
})

test('every range names its source', () => {
  for (const { why } of refusedRanges) expect(why).toMatch(/RFC \d{3,4}|Azure/)
})

test.each([
  ['10.0.0.1/8', '10.9.9.9', true],
  ['10.0.0.1', '10.0.0.1', true],
  ['10.0.0.1', '10.0.0.2', false],
  ['0.0.0.0/0', '255.1.2.3', true],
  ['0.0.0.0/0', '::1', false],
  ['::/0', 'fe80::1', true],
  ['::/0', '10.0.0.1', false],
])('the CIDR %s applied to %s gives %s', (subnet, address, allowed) => {
  expect(isAllowed(address, { allowSubnets: cidrs(subnet) })).toBe(allowed)
})

test.each([
  '',
  '10.0.0.0/33',
  '::/129',
  '10.0.0/8',
  'localhost',
  '10.0.0.0/-1',
  '10.0.0.0/8/8',
  'fe80::1%e/64',
  '/8',
])('takes %j for no CIDR', (text) => {
  expect(parseCidr(text)).toBeNull()
})
