import { createHash, timingSafeEqual } from 'node:crypto'

/** Whether an `Authorization` header carries this token, compared in constant time; without a token all may. */
export function createBearerCheck(
  token: string | null,
): (authorization: string | undefined) => boolean {
  if (token === null) return () => true
  const expected = digest(`Bearer ${token}`)
  return (authorization) => timingSafeEqual(digest(authorization ?? ''), expected)
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
