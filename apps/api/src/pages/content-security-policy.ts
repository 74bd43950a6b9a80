const FIXED = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
  'font-src': "'self'",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'object-src': "'none'",
}

/** The pages hold no inline script or style, so nothing but our own files has to be allowed. */
export function contentSecurityPolicy(frameAncestors: readonly string[]): string {
  const directives = { ...FIXED, 'frame-ancestors': frameAncestors.join(' ') }
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')
}
