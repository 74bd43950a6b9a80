import { expect, it } from 'vitest'
import { setupEndpoints } from './endpoint-setup.ts'

it('refuses URLs whose host is not public, on create, PUT and PATCH', async () => {
  const bench = await setupEndpoints()
  const { body: endpoint } = await bench.createRaw({ url: 'https://hooks.example.com/' })
  const path = `/app/${bench.appId}/endpoint/${endpoint.id}`
  for (const url of REFUSED) {
    const answers = [
      await bench.createRaw({ url }),
      await bench.request('PUT', path, { url }),
      await bench.request('PATCH', path, { url }),
    ]
    for (const { status, body } of answers) {
      expect([url, status]).toEqual([url, 422])
      expect(body.detail[0].loc).toEqual(['body', 'url'])
    }
  }
  expect((await bench.request('GET', path)).body.url).toBe('https://hooks.example.com/')
})

const REFUSED = [
  'https://127.0.0.1/',
  'https://127.1/',
  'https://2130706433/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:a00:5]/',
  'https://10.0.0.5/',
  'https://169.254.169.254/latest/meta-data',
  'https://localhost/',
  'https://intranet/',
  'https://hooks.example.com:0/',
  'ftp://hooks.example.com/',
  'javascript:alert(1)',
  'https:hooks.example.com',
  'https://hooks.example.com\\@evil.example/',
  'https://hooks.exam\tple.com/',
  '',
]

it('takes URLs of 2,048 characters, and not one more', async () => {
  const bench = await setupEndpoints()
  const base = 'https://hooks.example.com/'
  const longest = base + 'x'.repeat(2_048 - base.length)
  const { status, body } = await bench.createRaw({ url: longest })
  expect([status, body.url]).toEqual([201, longest])
  const refused = await bench.createRaw({ url: `${longest}x` })
  expect(refused).toMatchObject({ status: 422, body: { detail: [{ loc: ['body', 'url'] }] } })
})

it('moves user and password from the URL into the write-only Authorization header', async () => {
  const bench = await setupEndpoints()
  const { body: endpoint } = await bench.createRaw({
    url: 'https://ann:s3cret@hooks.example.com/x',
  })
  expect(endpoint.url).toBe('https://hooks.example.com/x')
  const path = `/app/${bench.appId}/endpoint/${endpoint.id}`
  expect((await bench.request('GET', `${path}/headers`)).body).toEqual({
    headers: {},
    sensitive: ['Authorization'],
  })
  const same = await bench.request('PATCH', path, { url: 'https://ann:s3cret@hooks.example.com/y' })
  expect(same).toMatchObject({ status: 200, body: { url: 'https://hooks.example.com/y' } })
  const other = await bench.request('PATCH', path, { url: 'https://bob:s3cret@hooks.example.com/' })
  expect(other.status).toBe(422)
  expect(other.body.detail[0].loc).toEqual(['body', 'url'])
})
