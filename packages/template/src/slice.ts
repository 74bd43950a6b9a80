import { kindOf } from './operators.ts'
import { TemplateFault, Tuple, type Value } from './value.ts'

interface Bounds {
  readonly from: number | null
  readonly to: number | null
  readonly by: number
}

/** `value[from:to:by]`, counted as Python counts. */
export function sliceOf(value: Value, bounds: Bounds): Value {
  if (typeof value === 'string') return picked(Array.from(value), bounds).join('')
  if (Array.isArray(value)) return picked(value, bounds)
  if (value instanceof Tuple) return new Tuple(picked(value.items, bounds))
  throw new TemplateFault(`${kindOf(value)} can't be sliced.`)
}

function picked<T>(items: readonly T[], { from, to, by }: Bounds): T[] {
  if (by === 0) throw new TemplateFault('A slice has no step of 0.')
  const size = items.length
  const [first, last] = by > 0 ? [0, size] : [size - 1, -1]
  const start = from === null ? first : clamp(from, size, by)
  const end = to === null ? last : clamp(to, size, by)
  const out: T[] = []
  for (let at = start; by > 0 ? at < end : at > end; at += by) {
    const item = items[at]
    if (item !== undefined) out.push(item)
  }
  return out
}

function clamp(index: number, size: number, by: number): number {
  const at = index < 0 ? index + size : index
  const [low, high] = by > 0 ? [0, size] : [-1, size - 1]
  return Math.min(Math.max(at, low), high)
}
