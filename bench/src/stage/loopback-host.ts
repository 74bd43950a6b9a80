const LAST = 254

/** One of the loopback addresses from 127.0.0.1 on. */
export function loopbackHost(index: number): string {
  return `127.0.${Math.floor(index / LAST)}.${(index % LAST) + 1}`
}
