import { parseTemplate } from './node.ts'
import { globals, type Output, run } from './run.ts'
import { Scope } from './scope.ts'
import { isDict, TemplateFault, valueOfJson } from './value.ts'

const MAX_OUTPUT_CHARS = 1_000_000

export interface Rendering {
  /** By name, so that what several templates say of one input is one task. */
  readonly templates: Readonly<Record<string, string>>
  /** JSON text of an object: the names that the templates know. */
  readonly input: string
}

export type Rendered =
  | { readonly kind: 'rendered'; readonly texts: Readonly<Record<string, string>> }
  | { readonly kind: 'failed'; readonly template: string; readonly detail: string }

/** What Jinja2 would make of the templates; without bounds of time, which are the thread's. */
export function renderTemplates({ templates, input }: Rendering): Rendered {
  const texts: Record<string, string> = {}
  for (const [template, text] of Object.entries(templates)) {
    try {
      texts[template] = renderTemplate(text, input)
    } catch (err) {
      return { kind: 'failed', template, detail: faultOf(err) }
    }
  }
  return { kind: 'rendered', texts }
}

/** @throws {TemplateFault} */
export function renderTemplate(text: string, input: string): string {
  const scope = new Scope(globals())
  const names = valueOfJson(input)
  if (!isDict(names)) throw new TemplateFault('The input is no object.')
  for (const [name, value] of names) if (typeof name === 'string') scope.set(name, value)
  const output: Output = { chunks: [], left: MAX_OUTPUT_CHARS }
  run(parseTemplate(text), scope, output)
  return output.chunks.join('')
}

// A recursion without end runs out of stack, a number out of what numbers can be.
function faultOf(err: unknown): string {
  if (err instanceof TemplateFault) return err.message
  if (err instanceof RangeError) return 'The template nests or counts too far.'
  throw err
}
