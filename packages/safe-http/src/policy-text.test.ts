import { expect, test } from 'vitest'
import { readHosts, readSubnets } from './policy-text.ts'

test('subnets and addresses are read with whatever blanks and commas stand around them', () => {
  const read = readSubnets(' 203.0.114.0/24, 8.8.8.8,,2001:4860::/32 ')
  expect(read?.map(({ text }) => text)).toEqual(['203.0.114.0/24', '8.8.8.8/32', '2001:4860::/32'])
  expect(readSubnets('')).toEqual([])
})

test.each(['10.0.0.0/33', '10.0.0', 'example.com', '10.0.0.0/8;8.8.8.8', '10.0.0.0/8,x'])(
  '%s is no list of subnets',
  (text) => expect(readSubnets(text)).toBeNull(),
)

test('hosts are read in the form that a URL has them in', () => {
  expect(readHosts(' Posthorn.Example.com,*.corp.example, bücher.example ')).toEqual([
    'posthorn.example.com',
    '*.corp.example',
    'xn--bcher-kva.example',
  ])
  expect(readHosts('')).toEqual([])
})

test.each([
  '*',
  '*.',
  'a.*.example',
  'https://a.example',
  'a.example/x',
  'a.example:443',
  'a.example b.example',
  'a..example',
  '2001:4860::1',
  `${'a'.repeat(64)}.example`,
])('%s is no list of hosts', (text) => expect(readHosts(text)).toBeNull())
