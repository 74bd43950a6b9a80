import type { HostileRequest, Statuses } from './hostile-setup.ts'

/** What comes, and what each of the three receiving faces answers. */
export interface Hostile extends HostileRequest, Statuses {
  readonly what: string
}

const XML = 'application/xml'
const JSON_TYPE = 'application/json'
const FORM = 'application/x-www-form-urlencoded'
const MULTIPART = 'multipart/form-data; boundary=b'
const MALFORMED = { source: 400, losant: 200, flow: 400 }
const TOO_MUCH = { source: 413, losant: 200, flow: 413 }
const TAKEN = { source: 200, losant: 200, flow: 200 }

function laughs(): string {
  const entities = Array.from({ length: 10 }, (_, n) => {
    const inner = n === 0 ? 'lol' : `&l${n - 1};`.repeat(10)
    return `<!ENTITY l${n} "${inner}">`
  })
  return `<?xml version="1.0"?><!DOCTYPE a [${entities.join('')}]><a>&l9;</a>`
}

const FIELD = '--b\r\ncontent-disposition: form-data; name="f"\r\n\r\none\r\n'

export const HOSTILE: readonly Hostile[] = [
  { what: 'a billion laughs', type: XML, body: laughs(), ...MALFORMED },
  {
    what: 'an entity from outside',
    type: 'text/xml',
    body: '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    ...MALFORMED,
  },
  { what: 'XML of half a million levels', type: XML, body: '<a>'.repeat(500_000), ...MALFORMED },
  {
    what: 'XML of 200,000 elements',
    type: XML,
    body: `<r>${'<a/>'.repeat(200_000)}</r>`,
    ...TOO_MUCH,
  },
  {
    what: 'a truncated multipart body',
    type: MULTIPART,
    body: `${FIELD}--b\r\nconte`,
    ...MALFORMED,
  },
  {
    what: 'multipart without its boundary',
    type: 'multipart/form-data',
    body: FIELD,
    ...MALFORMED,
  },
  {
    what: 'multipart of 3,000 parts',
    type: MULTIPART,
    body: `${FIELD.repeat(3_000)}--b--`,
    ...TOO_MUCH,
  },
  {
    what: 'bytes that are not in the charset',
    type: `${JSON_TYPE}; charset=utf-8`,
    body: Buffer.from('{"a":"\xe9"}', 'latin1'),
    ...MALFORMED,
  },
  {
    what: 'a charset that nobody knows',
    type: `${JSON_TYPE}; charset=klingon`,
    body: '{}',
    source: 415,
    losant: 200,
    flow: 415,
  },
  { what: 'JSON that breaks off', type: JSON_TYPE, body: '{"a":', ...MALFORMED },
  { what: 'JSON of a million levels', type: JSON_TYPE, body: '['.repeat(1_000_000), ...MALFORMED },
  {
    what: 'a million objects in one another',
    type: JSON_TYPE,
    body: `${'{"a":'.repeat(1_000_000)}1${'}'.repeat(1_000_000)}`,
    ...MALFORMED,
  },
  {
    what: 'JSON of a million values',
    type: JSON_TYPE,
    body: `{"a":[${'{},'.repeat(1_000_000)}1]}`,
    ...TAKEN,
  },
  {
    what: 'an object of 200,000 keys',
    type: JSON_TYPE,
    body: `{${Array.from({ length: 200_000 }, (_, n) => `"k${n}":0`).join(',')}}`,
    query: '?a=1',
    ...TAKEN,
  },
  { what: 'a form of 200,000 fields', type: FORM, body: 'a=1&'.repeat(200_000), ...TOO_MUCH },
  { what: 'an escape that is none', type: FORM, body: 'a=%E9%zz', ...MALFORMED },
  {
    what: 'a query whose escapes are none',
    type: JSON_TYPE,
    body: '{}',
    query: '?a=%zz&%',
    source: 200,
    losant: 200,
    flow: 400,
  },
  {
    what: 'keys that repeat in the query, and those of objects',
    type: JSON_TYPE,
    body: '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
    query: '?a=1&a=2&__proto__=x&__proto__[polluted]=1&constructor=y&%00=%00',
    ...TAKEN,
  },
  {
    what: 'a form with the keys of objects',
    type: FORM,
    body: '__proto__=1&__proto__[polluted]=1&constructor=2&hasOwnProperty=3',
    ...TAKEN,
  },
  { what: 'a NUL', type: 'text/plain', body: '\0', source: 200, losant: 200, flow: 400 },
]
