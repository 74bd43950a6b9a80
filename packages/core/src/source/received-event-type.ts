const MAX_LENGTH = 256

/** `<type>.<what the provider calls it>` in the characters of event types; `<type>.received` without one. */
export function receivedEventType(type: string, named: string | undefined): string {
  const cleaned = (named ?? '').replaceAll(/[^a-zA-Z0-9\-_.]+/g, '_').replaceAll(/^_+|_+$/g, '')
  return `${type}.${cleaned === '' ? 'received' : cleaned}`.slice(0, MAX_LENGTH)
}
