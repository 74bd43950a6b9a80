import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml'
import { BodyFault } from './body-fault.ts'
import { Allowance, emptyObject, type JsonObject, type JsonValue } from './keyed-values.ts'

const MAX_CHARS = 1_000_000
const MAX_DEPTH = 100
/** Of what an alias stands for each time, so that a few lines can't become gigabytes. */
const MAX_EXPANDED_CHARS = 4_000_000

/**
 * What YAML 1.2 says, as JSON would: aliases and `<<` written out, a key twice refused, tags of its own too.
 * It may take seconds: never in the thread that serves everybody.
 *
 * @throws {BodyFault} not YAML, or beyond a bound; names the line
 */
export function yamlToValue(text: string): JsonValue {
  if (text.length > MAX_CHARS)
    throw new BodyFault(413, `YAML may have at most ${MAX_CHARS} characters.`)
  const lines = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    // Quadratic in the parser; `YamlReader` looks for them.
    uniqueKeys: false,
  })
  const fault = document.errors[0] ?? document.warnings[0]
  if (fault !== undefined) throw refuse(lines, fault.pos[0], fault.message)
  return new YamlReader(document, lines).read(document.contents, 0)
}

/** An alias stands for what it names, however often: all is counted each time. */
class YamlReader {
  readonly #named: ReadonlyMap<Alias, Node>
  readonly #lines: LineCounter
  readonly #values = new Allowance('values')
  #chars = 0

  constructor(document: Document, lines: LineCounter) {
    this.#named = namedByAliases(document)
    this.#lines = lines
  }

  read(node: unknown, depth: number): JsonValue {
    this.#values.take()
    if (depth > MAX_DEPTH) throw this.#refuse(node, `nested deeper than ${MAX_DEPTH} levels`)
    if (isAlias(node)) return this.read(this.#aliased(node), depth + 1)
    if (isMap(node)) return this.#object(node, depth)
    if (isSeq(node)) return node.items.map((item) => this.read(item, depth + 1))
    return isScalar(node) ? this.#scalar(node, node.value) : null
  }

  #object(map: YAMLMap, depth: number): JsonObject {
    const object = emptyObject()
    const merged: JsonValue[] = []
    for (const { key, value } of map.items) {
      const name = this.#key(key)
      if (name === '<<') {
        merged.push(this.read(value, depth + 1))
        continue
      }
      if (name in object) throw this.#refuse(key, `the key ${name.slice(0, 80)} is there twice`)
      object[name] = this.read(value, depth + 1)
    }
    for (const other of merged.flat()) mergeInto(object, other)
    return object
  }

  #key(key: unknown): string {
    const node = isAlias(key) ? this.#aliased(key) : key
    if (!isScalar(node)) throw this.#refuse(key, 'a key must be text')
    return String(this.#scalar(key, node.value))
  }

  #scalar(node: unknown, value: unknown): string | number | boolean | null {
    if (typeof value === 'string') {
      this.#chars += value.length
      if (this.#chars > MAX_EXPANDED_CHARS)
        throw this.#refuse(node, `more than ${MAX_EXPANDED_CHARS} characters with its aliases`)
      return value
    }
    if (typeof value === 'boolean' || value === null) return value
    if (typeof value === 'number' && Number.isFinite(value)) return value
    throw this.#refuse(node, 'a value that JSON has no word for')
  }

  #aliased(alias: Alias): Node {
    const found = this.#named.get(alias)
    if (found === undefined) throw this.#refuse(alias, 'an alias of nothing')
    return found
  }

  #refuse(node: unknown, what: string): BodyFault {
    const at = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range?.[0] : 0
    return refuse(this.#lines, at ?? 0, what)
  }
}

/** In one pass: the library looks through the whole document for each alias. */
function namedByAliases(document: Document): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>()
  const named = new Map<Alias, Node>()
  visit(document, {
    Node: (_key, node) => {
      if (isAlias(node)) {
        const found = anchors.get(node.source)
        if (found !== undefined) named.set(node, found)
      } else if (typeof node.anchor === 'string') anchors.set(node.anchor, node)
    },
  })
  return named
}

function mergeInto(object: JsonObject, other: JsonValue): void {
  if (typeof other !== 'object' || other === null || Array.isArray(other)) return
  for (const [name, value] of Object.entries(other)) {
    if (!(name in object)) object[name] = value
  }
}

function refuse(lines: LineCounter, at: number, what: string): BodyFault {
  const { line, col } = lines.linePos(at)
  const status = /^more than|^nested|call stack/.test(what) ? 413 : 400
  return new BodyFault(status, `Line ${line}, column ${col}: ${what.replace(/\.$/, '')}.`)
}
