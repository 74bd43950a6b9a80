const MAX_ERROR = 500

// Postgres refuses NUL, and what a stranger answers may hold half a character.
export function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '').slice(0, MAX_ERROR)
}
