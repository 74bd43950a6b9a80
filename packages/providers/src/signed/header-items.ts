import type { WebhookReader } from '../received-webhook.ts'
import { type Refusal, refuse } from '../verification.ts'
import type { SignedScheme } from './signed-scheme.ts'

/** What the signature headers hold, by the placeholders of the scheme's item forms. */
export interface HeaderItems {
  signatures: string[]
  timestamp?: string
  nonce?: string
  names?: string
}

// More than any vendor sends while rotating; bounds the work of a hostile list.
const maxSignatures = 10
const maxHeaderLength = 8192

export function readItems(scheme: SignedScheme, webhook: WebhookReader): HeaderItems | Refusal {
  const found = signatureLines(scheme, webhook)
  if (!Array.isArray(found)) return found
  const items = found.flatMap((line) => splitItems(line, scheme))
  const forms = (scheme.items ?? ['{signature}']).map(compileForm)
  const result: HeaderItems = { signatures: [] }
  for (const item of items) {
    const refusal = takeItem(result, item, forms)
    if (refusal) return refusal
  }
  if (result.signatures.length > 0) return result
  return refuse(
    'malformed_signature',
    `${placeName(scheme)} doesn't have the form ${formOf(scheme)}.`,
  )
}

/** The form of the whole header, for people. */
export function formOf(scheme: SignedScheme): string {
  const items = scheme.items ?? ['{signature}']
  return items.join(scheme.separator === ' ' ? ' ' : (scheme.separator ?? ' or '))
}

function signatureLines(scheme: SignedScheme, webhook: WebhookReader): string[] | Refusal {
  const lines: string[] = []
  for (const name of headersOf(scheme)) {
    const values = webhook.lines(name)
    if (values.length > 1 && !scheme.repeats) {
      return refuse('repeated_header', `${name} came ${values.length} times.`)
    }
    lines.push(...values)
  }
  if (scheme.query !== undefined) lines.push(...webhook.query().getAll(scheme.query))
  if (lines.length === 0) {
    return refuse('missing_signature', `${placeName(scheme)} is missing.`)
  }
  if (lines.join().length > maxHeaderLength) {
    return refuse('malformed_signature', `${placeName(scheme)} is too long.`)
  }
  return lines
}

function placeName(scheme: SignedScheme): string {
  if (scheme.query !== undefined) return `Query parameter ${scheme.query}`
  return `Header ${headersOf(scheme).join(' or ')}`
}

function headersOf({ header, query }: SignedScheme): readonly string[] {
  if (query !== undefined) return []
  return typeof header === 'string' ? [header] : header
}

function splitItems(line: string, { separator, repeats }: SignedScheme): string[] {
  // Node joins the lines of a repeated header with a comma.
  const by = separator ?? (repeats ? ',' : undefined)
  return by === undefined ? [line] : line.split(by).map((item) => item.trim())
}

function takeItem(into: HeaderItems, item: string, forms: readonly RegExp[]): Refusal | undefined {
  for (const form of forms) {
    const groups = form.exec(item)?.groups
    if (groups === undefined) continue
    const { signature, ...others } = groups
    for (const [name, value] of Object.entries(others)) {
      if (!isOtherName(name) || value === undefined) continue
      if (into[name] !== undefined) return refuse('malformed_signature', `Two values of ${name}.`)
      into[name] = value
    }
    if (signature !== undefined) into.signatures.push(signature)
    if (into.signatures.length > maxSignatures) {
      return refuse('malformed_signature', `More than ${maxSignatures} signatures.`)
    }
    return undefined
  }
  return undefined
}

function isOtherName(name: string): name is 'timestamp' | 'nonce' | 'names' {
  return name === 'timestamp' || name === 'nonce' || name === 'names'
}

const compiledForms = new Map<string, RegExp>()

function compileForm(form: string): RegExp {
  const kept = compiledForms.get(form)
  if (kept) return kept
  const pattern = form
    .split(/(\{[a-z*-]+\})/)
    .map((part) => {
      if (part === '{*}') return '[^/=]*'
      if (part === '{timestamp-digits}') return String.raw`(?<timestamp>\d{1,14})`
      const name = /^\{([a-z]+)\}$/.exec(part)?.[1]
      return name === undefined ? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : `(?<${name}>.+)`
    })
    .join('')
  const compiled = new RegExp(`^${pattern}$`)
  compiledForms.set(form, compiled)
  return compiled
}
