/** Is it a name as HTTP has them (RFC 9110, 5.6.2)? */
export function isToken(name: string): boolean {
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)
}
