import { sha256Hex } from './encoded-bytes.ts'
import { formField } from './form-field.ts'
import { parseJson, type WebhookReader } from './received-webhook.ts'
import { remembered } from './remembered.ts'

/**
 * Where a value is, as text:
 *
 *     header X-GitHub-Event      json data.items[].id        form command
 *     query topic                claim jti                   fixed list_folder
 *     form-json payload:type     key ^(?!update_id$)         hash body
 *
 * `json` steps into objects, `[]` into every item. `key` is the first top-level JSON key that fits.
 * Parts joined by ` + ` are joined with a dot.
 */
export type Place = `${PlaceKind} ${string}`

type PlaceKind =
  | 'header'
  | 'json'
  | 'form'
  | 'form-json'
  | 'query'
  | 'claim'
  | 'key'
  | 'fixed'
  | 'hash'

export interface Readable {
  webhook: WebhookReader
  claims?: Record<string, unknown>
}

const maxIdLength = 200
const maxTypeLength = 256
const printable = /^[\x21-\x7e]+$/

/** The event type: the first part must be there, later ones are left out when absent. */
export function readEventType(places: readonly Place[], from: Readable): string | undefined {
  for (const place of places) {
    const [named, ...others] = partsOf(place)
    const [first = ''] = named === undefined ? [] : readPart(named, from)
    if (first === '') continue
    const rest = others.map((part) => readPart(part, from)[0] ?? '').filter((part) => part !== '')
    return [first, ...rest].join('.').slice(0, maxTypeLength)
  }
  return undefined
}

export interface ReadId {
  id: string
  place: Place
}

/** The delivery id: every part must be there, and every item of a batch counts. */
export function readDeliveryId(places: readonly Place[], from: Readable): ReadId | undefined {
  for (const place of places) {
    const parts = partsOf(place).map((part) => readPart(part, from).join(','))
    if (parts.includes('')) continue
    const id = parts.join('.')
    const usable = id.length <= maxIdLength && printable.test(id)
    return { place, id: usable ? id : `sha256:${sha256Hex(id)}` }
  }
  return undefined
}

/** Every value at a place, as text; objects and nulls are none. */
export function readValues(place: Place, from: Readable): string[] {
  const parts = partsOf(place)
  const [only] = parts
  // Almost every place is one part.
  if (parts.length === 1 && only !== undefined) return readPart(only, from)
  return parts.flatMap((part) => readPart(part, from))
}

export function valuesAt(path: string, root: unknown): unknown[] {
  const { steps, hasLists } = stepsOf(path)
  return hasLists ? valuesInLists(steps, root) : valueAt(steps, root)
}

interface Step {
  name: string
  lists: number
}

function valueAt(steps: readonly Step[], root: unknown): unknown[] {
  let value = root
  for (const { name } of steps) {
    if (name === '') continue
    if (!isRecord(value) || !Object.hasOwn(value, name)) return []
    value = value[name]
  }
  return [value]
}

function valuesInLists(steps: readonly Step[], root: unknown): unknown[] {
  let found: unknown[] = [root]
  for (const { name, lists } of steps) {
    if (name !== '') found = found.flatMap((value) => ownProperty(value, name))
    for (let list = 0; list < lists; list++) {
      found = found.flatMap((value): unknown[] => (Array.isArray(value) ? value : []))
    }
  }
  return found
}

const stepsOf = remembered((path) => {
  const steps = path.split('.').map((step): Step => {
    const name = step.replace(/(?:\[\])+$/, '')
    return { name, lists: (step.length - name.length) / 2 }
  })
  return { steps, hasLists: steps.some(({ lists }) => lists > 0) }
})

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function ownProperty(value: unknown, name: string): unknown[] {
  return isRecord(value) && Object.hasOwn(value, name) ? [value[name]] : []
}

interface Part {
  read: (name: string, from: Readable) => string[]
  name: string
}

const partsOf = remembered((place) => place.split(' + ').map(partOf))

function partOf(part: string): Part {
  const space = part.indexOf(' ')
  return { read: readers[part.slice(0, space)] ?? readNothing, name: part.slice(space + 1) }
}

function readPart({ read, name }: Part, from: Readable): string[] {
  return read(name, from)
}

const readNothing = (): string[] => []

const readers: Readonly<Record<string, (name: string, from: Readable) => string[]>> = {
  header: (name, { webhook }) => texts([webhook.header(name)]),
  json: (path, { webhook }) => texts(valuesAt(path, webhook.json())),
  form: (name, { webhook }) => webhook.form().getAll(name),
  'form-json': (name, { webhook }) => {
    const [field = '', path = ''] = name.split(':')
    return texts(valuesAt(path, parseJson(formField(webhook, field) ?? '')))
  },
  query: (name, { webhook }) => webhook.query().getAll(name),
  claim: (name, { claims }) => texts(valuesAt(name, claims)),
  key: (pattern, { webhook }) => {
    const json = webhook.json()
    const names = isRecord(json) ? Object.keys(json) : []
    return texts([names.find((name) => new RegExp(pattern).test(name))])
  },
  fixed: (text) => [text],
  hash: (_body, { webhook }) => [`sha256:${sha256Hex(webhook.body)}`],
}

function texts(values: unknown[]): string[] {
  const found: string[] = []
  for (const value of values) {
    if (typeof value === 'string') found.push(value)
    else if (typeof value === 'number' || typeof value === 'boolean') found.push(String(value))
  }
  return found
}
