const MIN_LENGTH = 12
const MAX_LENGTH = 256
const MIN_DIFFERENT = 6

/** What is wrong with a password for this user; null: nothing. Length counts, kinds of characters don't. */
export function passwordFault(password: string, email: string): string | null {
  if (password.length < MIN_LENGTH) return `Must have at least ${MIN_LENGTH} characters`
  if (password.length > MAX_LENGTH) return `Must have at most ${MAX_LENGTH} characters`
  const lower = password.toLowerCase()
  if (new Set(lower).size < MIN_DIFFERENT)
    return `Must have at least ${MIN_DIFFERENT} different characters`
  const [local = ''] = email.split('@')
  if (
    lower === email ||
    (local.length >= 4 && lower.startsWith(local) && lower.length < local.length + 6)
  )
    return 'Must not be the e-mail address, or nearly'
  return null
}
