import { expect, it } from 'vitest'
import { convertBody } from './convert-body.ts'

const XML = 'application/xml'
const FORM = 'application/x-www-form-urlencoded'
const MULTIPART = 'multipart/form-data; boundary=b'

function part(name: string, value: string): string {
  return `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n--b--\r\n`
}

async function convert(contentType: string, body: string | Uint8Array) {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  const conversion = await convertBody({ contentType, bytes })
  return conversion.kind === 'json' ? JSON.parse(conversion.text) : conversion
}

it.each([
  ['<a>1</a>', { a: '1' }],
  ['<a x="1" y="2">t</a>', { a: { '@x': '1', '@y': '2', '#text': 't' } }],
  ['<a><b>1</b><b>2</b><c/></a>', { a: { b: ['1', '2'], c: null } }],
  ['<a> <b/> x <![CDATA[<y>]]></a>', { a: { b: null, '#text': 'x <y>' } }],
  [
    '<?xml version="1.0"?><!-- c --><s:a xmlns:s="u">&lt;&#65;</s:a>',
    { 's:a': { '@xmlns:s': 'u', '#text': '<A' } },
  ],
])('says XML as the usual dictionary: %s', async (xml, value) => {
  expect(await convert(XML, xml)).toEqual(value)
})

it.each(['text/xml', 'application/atom+xml; charset=utf-8', 'APPLICATION/XML'])(
  'takes %s for XML',
  async (type) => expect(await convert(type, '<a>1</a>')).toEqual({ a: '1' }),
)

it.each([
  ['<a>\n <b></a>', 'The body is not XML: unexpected close tag, line 2, column 8.'],
  ['<a x="1" x="2"/>', 'The body is not XML: duplicate attribute: x, line 1, column 14.'],
  ['<a>&nbsp;</a>', 'The body is not XML: undefined entity, line 1, column 9.'],
  ['<a>&constructor;</a>', 'The body is not XML: undefined entity, line 1, column 16.'],
  ['<a/><b/>', 'The body is not XML: documents may contain only one root, line 1, column 7.'],
  ['<a>', 'The body is not XML: unclosed tag: a, line 1, column 3.'],
  ['text', 'The body is not XML'],
])('names the place where %s stops being XML', async (xml, detail) => {
  expect(await convert(XML, xml)).toMatchObject({ kind: 'unusable', status: 400 })
  expect(await convert(XML, xml)).toHaveProperty('detail', expect.stringContaining(detail))
})

it('expands no entity that a document brings: a billion laughs is refused at the first', async () => {
  const entities = Array.from({ length: 10 }, (_, n) => {
    const inner = n === 0 ? 'lol' : `&l${n - 1};`.repeat(10)
    return `<!ENTITY l${n} "${inner}">`
  })
  const bomb = `<?xml version="1.0"?><!DOCTYPE a [${entities.join('')}]><a>&l9;</a>`
  const outside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
  for (const xml of [bomb, outside])
    expect(await convert(XML, xml)).toMatchObject({ status: 400, detail: /undefined entity/ })
})

it('takes 100 levels and 100,000 elements and attributes, and no more', async () => {
  const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth)
  expect(await convert(XML, nested(100))).toHaveProperty('a')
  expect(await convert(XML, nested(101))).toMatchObject({ status: 400, detail: /100 levels/ })
  const many = (count: number) => `<r>${'<a/>'.repeat(count)}</r>`
  expect(await convert(XML, many(99_999))).toHaveProperty('r')
  expect(await convert(XML, many(100_000))).toMatchObject({ status: 413 })
})

it('reads the charset that the mark, the header or the declaration names', async () => {
  const utf16 = Buffer.from('\ufeff<a>é</a>', 'utf16le')
  const latin = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>', 'latin1')
  expect(await convert(XML, utf16)).toEqual({ a: 'é' })
  expect(await convert(XML, latin)).toEqual({ a: 'é' })
  expect(await convert(`${XML}; charset="latin1"`, latin)).toEqual({ a: 'é' })
})

it('refuses bytes that are not in their charset, and charsets that nobody knows', async () => {
  const latin = Buffer.from('<a>é</a>', 'latin1')
  expect(await convert(XML, latin)).toMatchObject({ status: 400, detail: /not utf-8/ })
  for (const type of [XML, FORM, 'application/json'])
    expect(await convert(`${type}; charset=utf-7`, 'x')).toMatchObject({ status: 415 })
})

it('says a form as an object, with arrays for what repeats', async () => {
  expect(await convert(FORM, 'a=1&b=x+y%21&a=2&c&&d=%C3%A9')).toEqual({
    a: ['1', '2'],
    b: 'x y!',
    c: '',
    d: 'é',
  })
})

it.each([
  [FORM, `payload=${encodeURIComponent('{"a": 1.0}')}`, '{"a": 1.0}'],
  [FORM, 'payload=%5B1%5D', '[1]'],
  [MULTIPART, part('payload', '{"a": 1.0}'), '{"a": 1.0}'],
  [FORM, 'payload=words', '{"payload":"words"}'],
  [FORM, 'payload=%5B1%5D&b=1', '{"payload":"[1]","b":"1"}'],
  [FORM, 'payload=1&payload=2', '{"payload":["1","2"]}'],
  [FORM, 'other=%5B1%5D', '{"other":"[1]"}'],
])(
  'of a form that has one field for it alone, takes the JSON in it: %s %s',
  async (...[contentType, body, text]) => {
    const bytes = Buffer.from(body)
    const conversion = await convertBody({ contentType, bytes, jsonField: 'payload' })
    expect(conversion).toEqual({ kind: 'json', text })
  },
)

it('refuses an escape that is none, and a form of more than 10,000 fields', async () => {
  expect(await convert(FORM, 'ok=1&a=%E9')).toMatchObject({ status: 400, detail: /position 5/ })
  expect(await convert(FORM, 'a=1&'.repeat(10_000))).toHaveProperty('a')
  expect(await convert(FORM, 'a=1&'.repeat(10_001))).toMatchObject({ status: 413 })
})

it.each([
  [XML, '<r><__proto__ x="1"/><constructor>c</constructor></r>'],
  [FORM, '__proto__=1&constructor=c&toString=t'],
  [MULTIPART, '--b\r\ncontent-disposition: form-data; name="__proto__"\r\n\r\n1\r\n--b--\r\n'],
])('takes __proto__ in %s for a name like any other', async (contentType, body) => {
  const conversion = await convertBody({ contentType, bytes: Buffer.from(body) })
  expect(conversion).toHaveProperty('text', expect.stringContaining('"__proto__":'))
  expect(Object.prototype).not.toHaveProperty('x')
})

const FIELD = '--b\r\ncontent-disposition: form-data; name="f"\r\n\r\none\r\n'
const FILE =
  '--b\r\ncontent-disposition: form-data; name="up"; filename="a.txt"\r\ncontent-type: text/plain\r\n\r\nhi\r\n'

it('says a multipart body as fields and files', async () => {
  expect(await convert(MULTIPART, `${FIELD}${FIELD}${FILE}--b--\r\n`)).toEqual({
    f: ['one', 'one'],
    up: { filename: 'a.txt', contentType: 'text/plain', base64: 'aGk=' },
  })
})

it.each([
  ['cut off in a file', MULTIPART, FILE.slice(0, -3)],
  ['cut off between parts', MULTIPART, FIELD],
  ['cut off in a header', MULTIPART, '--b\r\ncontent-dispo'],
  ['without its boundary', 'multipart/form-data', FIELD],
  ['with another boundary', 'multipart/form-data; boundary=c', `${FIELD}--b--`],
])('refuses a multipart body %s', async (_, contentType, body) => {
  expect(await convert(contentType, body)).toMatchObject({ kind: 'unusable', status: 400 })
})

it('refuses more than 1,000 parts', async () => {
  expect(await convert(MULTIPART, `${FIELD.repeat(1_001)}--b--\r\n`)).toMatchObject({ status: 413 })
})

it('hands JSON through letter by letter, double keys and all, and names the place of a fault', async () => {
  const text = '{"a":1,"a":1e400,"__proto__":{"x":12345678901234567890}}'
  const bytes = Buffer.from(text)
  expect(await convertBody({ contentType: 'application/json', bytes })).toEqual({
    kind: 'json',
    text,
  })
  const fault = await convert('application/json', '{"a":1,\n "b":}')
  expect(fault).toEqual({
    kind: 'unusable',
    status: 400,
    detail: 'The body is not JSON: malformed, line 2, column 6.',
  })
})

it.each(['text/plain', 'application/octet-stream', ''])('leaves %s as it came', async (type) =>
  expect(await convert(type, 'x')).toEqual({ kind: 'other' }),
)
