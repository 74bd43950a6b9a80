/** Indents JSON text without parsing it, so that numbers and the order of keys stay as they were sent. */
export function indentJson(json: string): string {
  let depth = 0
  const line = () => `\n${'  '.repeat(Math.max(0, depth))}`
  return json.replaceAll(/"(?:[^"\\]|\\.)*"|\{\s*\}|\[\s*\]|[{}[\],:]|\s+/g, (token) => {
    if (token === '{' || token === '[') {
      depth += 1
      return token + line()
    }
    if (token === '}' || token === ']') {
      depth -= 1
      return line() + token
    }
    if (token === ',') return token + line()
    if (token === ':') return ': '
    return token.trim() === '' ? '' : token
  })
}
