const FIXED = {
  'default-src': "'none'",
  'font-src': "'self'",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'object-src': "'none'",
}

export interface PageSources {
  readonly frameAncestors: readonly string[]
  readonly imageOrigins: readonly string[]
}

/**
 * Runs what bears the nonce of this very answer, and what that loads; nothing comes from any other host but images
 * of those that are named. An image may also come with the page itself: the logo of whoever embeds it.
 */
export function contentSecurityPolicy(
  nonce: string,
  { frameAncestors, imageOrigins }: PageSources,
): string {
  const directives = {
    ...FIXED,
    'script-src': `'nonce-${nonce}' 'strict-dynamic'`,
    'style-src': `'self' 'nonce-${nonce}'`,
    'img-src': ["'self' data:", ...imageOrigins].join(' '),
    'frame-ancestors': frameAncestors.join(' '),
  }
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')
}
