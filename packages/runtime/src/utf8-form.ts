interface Utf8Form {
  /** Of the text in UTF-8. */
  readonly byteLength: number
  /** To write it by, which comes to the same bytes: text of one byte a character goes out as it is. */
  readonly encoding: 'latin1' | 'utf8'
}

/** Of bytes, which are written as they are, the encoding says nothing. */
export function utf8Form(body: string | Uint8Array): Utf8Form {
  const byteLength = Buffer.byteLength(body)
  return { byteLength, encoding: byteLength === body.length ? 'latin1' : 'utf8' }
}
