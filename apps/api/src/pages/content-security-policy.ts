const FIXED = {
  'default-src': "'none'",
  'img-src': "'self' data:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'object-src': "'none'",
}

/**
 * Runs what bears the nonce of this very answer, and what that loads; nothing comes from any other host. An image
 * may also come with the page itself: the logo of whoever embeds it.
 */
export function contentSecurityPolicy(nonce: string, frameAncestors: readonly string[]): string {
  const directives = {
    ...FIXED,
    'script-src': `'nonce-${nonce}' 'strict-dynamic'`,
    'style-src': `'self' 'nonce-${nonce}'`,
    'frame-ancestors': frameAncestors.join(' '),
  }
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')
}
