/** Stored metadata as the wire has it: a map of strings. */
export function presentMetadata(metadata: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(Object(metadata)).map(([key, value]) => [key, String(value)]),
  )
}
