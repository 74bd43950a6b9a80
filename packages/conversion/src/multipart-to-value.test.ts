import { expect, it } from 'vitest'
import { readMediaType } from './media-type.ts'
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

async function valueOf(parts: readonly Part[], type = TYPE) {
  return { ...(await multipartToValue(bodyOf(parts), readMediaType(type))) }
}

const E_ACUTE = Buffer.from([0xe9])

it.each([
  [
    'in a charset that it names',
    { type: 'text/plain; charset=latin1', bytes: Buffer.from([0xe9]) },
    'é',
  ],
  [
    'in a charset of two bytes',
    { type: 'text/plain; charset=Shift_JIS', bytes: Buffer.from([0x83, 0x65, 0x83, 0x58]) },
    'テス',
  ],
  ['of UTF-8', { bytes: 'é ü 🙂' }, 'é ü 🙂'],
  ['whose charset nobody knows', { type: 'text/plain; charset=none', bytes: 'é' }, 'é'],
  ['of UTF-8 with a mark at its start', { bytes: '\ufeffa' }, '\ufeffa'],
  ['that is empty', { bytes: '' }, ''],
  ['with the boundary in it', { bytes: 'a--b--c\r\n -- b' }, 'a--b--c\r\n -- b'],
])('keeps a field %s', async (_, part, value) => {
  expect(await valueOf([{ name: 'f', ...part }])).toEqual({ f: value })
})

it.each([
  ['by a field _charset_', [{ name: '_charset_', bytes: 'ISO-8859-1' }], TYPE],
  ['by its content type', [], `${TYPE}; charset="iso-8859-1"`],
])(
  'takes the charset of a form that is named %s for fields that name none',
  async (_, more, type) => {
    const parts = [
      { name: 'f', bytes: E_ACUTE },
      { name: 'g', type: 'text/plain; charset=utf-8', bytes: 'é' },
    ]
    expect(await valueOf([...parts, ...more], type)).toMatchObject({ f: 'é', g: 'é' })
  },
)

it.each([
  ['names no charset and is no UTF-8', {}, TYPE],
  ['isn’t in the charset that it names', { type: 'text/plain; charset=utf-8' }, TYPE],
  [
    'names a charset that nobody knows, and is no UTF-8',
    { type: 'text/plain; charset=none' },
    TYPE,
  ],
  ['is of a form whose charset nobody knows', {}, `${TYPE}; charset=none`],
])('keeps the bytes of a field that %s', async (_, part, type) => {
  const kept = { contentType: 'text/plain', base64: '6Q==' }
  expect(await valueOf([{ name: 'f', bytes: E_ACUTE, ...part }], type)).toEqual({ f: kept })
})

it.each([
  ['"a b"', 'a b'],
  ['"é"', 'é'],
  ['"a \\"b\\" \\\\ c"', 'a "b" \\ c'],
  ['plain; other=1', 'plain'],
])('reads the name %s as %s', async (written, name) => {
  const head = `--b\r\nContent-Disposition: form-data; NAME=${written}\r\n\r\n1\r\n--b--\r\n`
  const value = await multipartToValue(Buffer.from(head), readMediaType(TYPE))
  expect({ ...value }).toEqual({ [name]: '1' })
})

it('keeps a part that has no name, and one whose name is no UTF-8', async () => {
  const nameless = Buffer.from('--b\r\ncontent-type: text/plain\r\n\r\n1\r\n')
  const odd = Buffer.from(
    '--b\r\ncontent-disposition: form-data; name="\xe9"\r\n\r\n2\r\n',
    'latin1',
  )
  const body = Buffer.concat([nameless, odd, Buffer.from('--b--')])
  expect({ ...(await multipartToValue(body, readMediaType(TYPE))) }).toEqual({ '': '1', é: '2' })
})

it.each([
  ['of no bytes', { rest: '; filename="a"', bytes: '' }, 'a', ''],
  ['of any bytes', { rest: '; filename="a"', bytes: Buffer.from([0, 0xff, 0xe9]) }, 'a', 'AP/p'],
  ['whose name is empty', { rest: '; filename=""', bytes: 'x' }, '', 'eA=='],
  [
    'with a path before its name',
    { rest: '; filename="C:\\a\\b.txt"', bytes: 'x' },
    'b.txt',
    'eA==',
  ],
  [
    'with an escaped name beside the plain one',
    { rest: `; filename="x"; filename*=UTF-8''%C3%A9%20b`, bytes: 'x' },
    'é b',
    'eA==',
  ],
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
  await expect(multipartToValue(cut, readMediaType(TYPE))).rejects.toMatchObject({ status: 400 })
})
