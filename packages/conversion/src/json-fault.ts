import { checkJson, JsonScanError } from '@posthorn/contracts'

/** Where a text stops being JSON, in words; null: it is JSON. */
export function jsonFault(text: string): string | null {
  try {
    checkJson(text)
    return null
  } catch (err) {
    if (!(err instanceof JsonScanError)) throw err
    const what = err.kind === 'too_deep' ? 'nested too deep' : 'malformed'
    return `The body is not JSON: ${what}, ${placeOf(text, err.at)}.`
  }
}

function placeOf(text: string, position: number): string {
  const lines = text.slice(0, position).split('\n')
  return `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`
}
