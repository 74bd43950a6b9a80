const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const EPOCH_SECONDS = 1_400_000_000
const BITS_BEHIND_SECONDS = 128n

/** When an id was made, to the second: ids sort by time, and an iterator is one. Null for what is no id. */
export function idTime(id: string): string | null {
  const [, body] = /^-?[a-z]+_([0-9A-Za-z]{27})$/.exec(id) ?? []
  if (body === undefined) return null
  let value = 0n
  for (const digit of body) value = value * 62n + BigInt(ALPHABET.indexOf(digit))
  const seconds = Number(value >> BITS_BEHIND_SECONDS) + EPOCH_SECONDS
  return new Date(seconds * 1000).toISOString()
}
