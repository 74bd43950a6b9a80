export interface CurlRequest {
  readonly url: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
  /** The body is the Base64 of what is to be sent. */
  readonly isBase64?: boolean
}

/** A request as a line for a shell: whatever is in it stays a value, and the body its bytes. */
export function curlCommand({ url, headers, body, isBase64 = false }: CurlRequest): string {
  const parts = [
    // Brackets and braces in a URL are no pattern.
    `curl --globoff -X POST ${quoted(url)}`,
    ...headers.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    isBase64 ? '--data-binary @-' : `--data-raw ${quoted(body)}`,
  ]
  const command = parts.join(' \\\n  ')
  return isBase64 ? `printf %s ${quoted(body)} | base64 -d |\n${command}` : command
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
