import { expect, it } from 'vitest'
import { multipartToValue } from './multipart-to-value.ts'

const TYPE = 'multipart/form-data; boundary=b'

interface Part {
  readonly name: string
  readonly rest?: string
  readonly type?: string
  readonly bytes: string | Buffer
}

function bodyOf(parts: readonly Part[], end = '--b--\r\n'): Buffer {
  const all = parts.map(({ name, rest = '', type, bytes }) => {
    const typed = type === undefined ? '' : `content-type: ${type}\r\n`
    const head = `--b\r\ncontent-disposition: form-data; name="${name}"${rest}\r\n${typed}\r\n`
    return Buffer.concat([Buffer.from(head), Buffer.from(bytes), Buffer.from('\r\n')])
  })
  return Buffer.concat([...all, Buffer.from(end)])
}

async function valueOf(parts: readonly Part[]) {
  return { ...(await multipartToValue(bodyOf(parts), TYPE)) }
}

it.each([
  [
    'in a charset that it names',
    { type: 'text/plain; charset=latin1', bytes: Buffer.from([0xe9]) },
    'é',
  ],
  ['of UTF-8', { bytes: 'é ü 🙂' }, 'é ü 🙂'],
  ['that is empty', { bytes: '' }, ''],
  ['with the boundary in it', { bytes: 'a--b--c\r\n -- b' }, 'a--b--c\r\n -- b'],
])('keeps a field %s', async (_, part, value) => {
  expect(await valueOf([{ name: 'f', ...part }])).toEqual({ f: value })
})

it.each([
  ['of no bytes', { rest: '; filename="a"', bytes: '' }, 'a', ''],
  ['of any bytes', { rest: '; filename="a"', bytes: Buffer.from([0, 0xff, 0xe9]) }, 'a', 'AP/p'],
  ['whose name is empty', { rest: '; filename=""', bytes: 'x' }, '', 'eA=='],
  [
    'with semicolon and quotes in its name',
    { rest: '; filename="a;b \\"c\\".txt"', bytes: 'x' },
    'a;b "c".txt',
    'eA==',
  ],
])('keeps a file %s', async (...[, part, filename, base64]) => {
  const file = { filename, contentType: 'application/octet-stream', base64 }
  const type = 'application/octet-stream'
  expect(await valueOf([{ name: 'f', type, ...part }])).toEqual({ f: file })
})

it('keeps each field of a name that is repeated, and files among them', async () => {
  const parts = ['1', '', '2'].map((bytes) => ({ name: 'f', bytes }))
  const file = { name: 'f', rest: '; filename="a"', type: 'text/plain', bytes: 'x' }
  expect(await valueOf([...parts, file, { name: 'g', bytes: '3' }])).toEqual({
    f: ['1', '', '2', { filename: 'a', contentType: 'text/plain', base64: 'eA==' }],
    g: '3',
  })
})

it('refuses what ends before its last boundary', async () => {
  const cut = bodyOf([{ name: 'f', bytes: '1' }], '--b')
  await expect(multipartToValue(cut, TYPE)).rejects.toMatchObject({ status: 400 })
})
