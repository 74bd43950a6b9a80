const TEXT_OID = 25

/** A `text[]` in Postgres's binary form: pg sends a Buffer as it is, so that payloads aren't quoted and parsed. */
export function textArray(values: readonly string[]): Buffer {
  const lengths = values.map((value) => Buffer.byteLength(value))
  const buffer = Buffer.allocUnsafe(20 + lengths.reduce((total, length) => total + 4 + length, 0))
  // Dimensions, has-nulls flag, element type, then size and lower bound of the one dimension.
  let offset = 0
  for (const word of [1, 0, TEXT_OID, values.length, 1]) offset = buffer.writeInt32BE(word, offset)
  values.forEach((value, index) => {
    offset = buffer.writeInt32BE(lengths[index] ?? 0, offset)
    offset += buffer.write(value, offset)
  })
  return buffer
}
