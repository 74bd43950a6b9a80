import * as z from 'zod'
import { isStorableJson, jsonBytes } from './text.ts'

const MAX_BYTES = 4096

/** A map keyed by user text. Zod's record drops the key `__proto__` without a word, so it is refused. */
export function mapOf<K extends z.ZodString, V extends z.ZodType>(key: K, value: V) {
  return z.preprocess(refusePrototypeKey, z.record(key, value))
}

function refusePrototypeKey(map: unknown, ctx: z.core.$RefinementCtx): unknown {
  if (typeof map === 'object' && map !== null && Object.hasOwn(map, '__proto__')) {
    const message = 'Must not be "__proto__"'
    ctx.issues.push({ code: 'custom', path: ['__proto__'], message, input: map })
  }
  return map
}

/** Free labels of whoever runs us. `null` means none. */
export const Metadata = mapOf(z.string(), z.string())
  .refine((map) => jsonBytes(map) <= MAX_BYTES, `Must be at most ${MAX_BYTES} bytes as JSON`)
  .refine(isStorableJson, 'Must not contain NUL or lone surrogates')

export const MetadataOut = z.record(z.string(), z.string())
