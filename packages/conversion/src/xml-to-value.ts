import { type SaxesAttributeNSIncomplete, SaxesParser } from 'saxes'
import { BodyFault } from './body-fault.ts'
import { decodeText } from './decode-text.ts'
import {
  Allowance,
  emptyObject,
  type JsonObject,
  type JsonValue,
  KeyedValues,
} from './keyed-values.ts'

const MAX_DEPTH = 100
const DECLARED = /^<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z][\w.:-]{0,39})["']/
const UTF16_LE = [0xff, 0xfe]
const UTF16_BE = [0xfe, 0xff]

/** By its mark of byte order, else by what the header says, else by its declaration. */
export function decodeXml(bytes: Uint8Array, charset: string | null): string {
  return decodeText(bytes, markedCharset(bytes) ?? charset ?? declaredCharset(bytes) ?? 'utf-8')
}

function markedCharset(bytes: Uint8Array): string | null {
  const startsWith = (mark: readonly number[]) => mark.every((byte, at) => bytes[at] === byte)
  if (startsWith(UTF16_LE)) return 'utf-16le'
  return startsWith(UTF16_BE) ? 'utf-16be' : null
}

function declaredCharset(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 300)).toString('latin1')
  const [, declared] = DECLARED.exec(head) ?? []
  // A declaration that can be read byte by byte is no UTF-16, whatever it says.
  return declared === undefined || /^utf-?16/i.test(declared) ? null : declared
}

/**
 * The usual dictionary form: `@name` for attributes, `#text` for text beside them, arrays for what repeats.
 * Only XML's own five entities are known, so nothing expands.
 *
 * @throws {BodyFault} not well-formed, or beyond 100 levels or 100,000 elements and attributes
 */
export function xmlToValue(text: string): JsonObject {
  const parser = new SaxesParser()
  parser.ENTITIES = Object.assign(Object.create(null), XML_ENTITIES)
  const tree = new Tree()
  parser.on('error', (err) => tree.refuse(err.message.replace(/^\d+:\d+: /, '')))
  parser.on('opentagstart', ({ name }) => tree.open(name))
  parser.on('attribute', (attribute) => tree.attribute(attribute))
  parser.on('text', (chunk) => tree.text(chunk))
  parser.on('cdata', (chunk) => tree.text(chunk))
  parser.on('closetag', () => tree.close())
  try {
    parser.write(text).close()
  } catch (err) {
    if (!(err instanceof XmlFault)) throw err
    const place = `line ${parser.line}, column ${parser.column}`
    throw new BodyFault(400, `The body is not XML: ${err.message}, ${place}.`)
  }
  return tree.root.value
}

const XML_ENTITIES = { amp: '&', gt: '>', lt: '<', quot: '"', apos: "'" }

/** To which the parser's place is to be added. */
class XmlFault extends Error {
  override readonly name = 'XmlFault'
}

interface OpenElement {
  readonly name: string
  readonly values: KeyedValues
  readonly chunks: string[]
}

class Tree {
  readonly root = new KeyedValues()
  readonly #open: OpenElement[] = []
  readonly #nodes = new Allowance('elements and attributes')

  refuse(what: string): never {
    throw new XmlFault(what.replace(/\.$/, '').slice(0, 200))
  }

  open(name: string): void {
    if (this.#open.length >= MAX_DEPTH) this.refuse(`more than ${MAX_DEPTH} levels`)
    this.#nodes.take()
    this.#open.push({ name, values: new KeyedValues(), chunks: [] })
  }

  attribute({ name, value }: Pick<SaxesAttributeNSIncomplete, 'name' | 'value'>): void {
    this.#nodes.take()
    const { values } = this.#open.at(-1) ?? this.refuse('an attribute outside an element')
    // The parser tells of a second one only after it handed it over.
    if (values.has(`@${name}`)) this.refuse(`duplicate attribute: ${name}`)
    values.add(`@${name}`, value)
  }

  text(chunk: string): void {
    this.#open.at(-1)?.chunks.push(chunk)
  }

  close(): void {
    const element = this.#open.pop()
    if (element === undefined) return
    const into = this.#open.at(-1)?.values ?? this.root
    into.add(element.name, valueOf(element))
  }
}

function valueOf({ values, chunks }: OpenElement): JsonValue {
  const text = chunks.join('').trim()
  if (values.isEmpty) return text === '' ? null : text
  if (text === '') return values.value
  return Object.assign(emptyObject(), values.value, { '#text': text })
}
