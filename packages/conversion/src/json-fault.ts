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
  let line = 1
  let start = 0
  for (let end = text.indexOf('\n'); end >= 0 && end < position; end = text.indexOf('\n', start)) {
    line++
    start = end + 1
  }
  return `line ${line}, column ${position - start + 1}`
}
