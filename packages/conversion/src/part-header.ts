import { strictText } from './decode-text.ts'
import { readMediaType } from './media-type.ts'

export interface PartHeader {
  /** Empty where none is given. */
  readonly name: string
  /** Null: it is no file. */
  readonly filename: string | null
  /** Without parameters. */
  readonly contentType: string
  readonly charset: string | null
}

/** What the lines above a part of a form say of it; each byte of them comes as one character. */
export function readPartHeader(header: object): PartHeader {
  const { essence, charset } = readMediaType(lineOf(header, 'content-type') ?? '')
  const parameters = parametersOf(lineOf(header, 'content-disposition') ?? '')
  const filename = parameters.get('filename*') ?? parameters.get('filename')
  return {
    name: parameters.get('name') ?? '',
    filename: filename === undefined ? null : withoutFolders(filename),
    contentType: essence === '' ? 'text/plain' : essence,
    charset,
  }
}

function lineOf(header: object, name: string): string | undefined {
  const lines: unknown = Reflect.get(header, name)
  return Array.isArray(lines) && typeof lines[0] === 'string' ? lines[0] : undefined
}

const PARAMETER = /;\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/g

function parametersOf(line: string): Map<string, string> {
  const parameters = new Map<string, string>()
  for (const [, key = '', quoted, plain = ''] of line.matchAll(PARAMETER)) {
    const name = key.toLowerCase()
    const text = quoted === undefined ? plain.trim() : unescaped(quoted)
    if (!parameters.has(name))
      parameters.set(name, name.endsWith('*') ? extended(text) : read(text))
  }
  return parameters
}

// Others than these were never escapes: old browsers send the whole path of a file.
function unescaped(quoted: string): string {
  return quoted.replace(/\\(["\\])/g, '$1')
}

function read(text: string): string {
  return strictText(Buffer.from(text, 'latin1'), 'utf-8') ?? text
}

/** `UTF-8''a%20b` of RFC 8187. */
function extended(text: string): string {
  const [, charset = '', escaped = ''] = /^([^']*)'[^']*'(.*)$/.exec(text) ?? []
  const bytes = escaped.replace(/%([\da-f]{2})/gi, (_, hex) =>
    String.fromCharCode(parseInt(hex, 16)),
  )
  return strictText(Buffer.from(bytes, 'latin1'), charset) ?? read(text)
}

function withoutFolders(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
  return name === '.' || name === '..' ? '' : name
}
