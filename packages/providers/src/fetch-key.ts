import type { Evidence } from './evidence.ts'
import { type PinnedUrl, pinnedUrl } from './pinned-url.ts'
import { type Refusal, refuse } from './verification.ts'

const maxKeyBytes = 256 * 1024

/** The text behind a pinned URL, through the injected fetcher. Its failure is ours, not the sender's. */
export async function fetchKey(
  from: PinnedUrl & { url: string; body?: string },
  evidence: Evidence,
): Promise<string | Refusal> {
  const url = pinnedUrl(from.url, from)
  if (url === undefined) return refuse('untrusted_key', 'The key is on a host that is not trusted.')
  if (evidence.fetchKey === undefined)
    return refuse('key_unavailable', 'Keys cannot be fetched here.')
  const { body, hosts } = from
  try {
    const fetched = await evidence.fetchKey({ url, hosts, ...(body !== undefined && { body }) })
    if (fetched.length > maxKeyBytes) return refuse('untrusted_key', 'The key is too large.')
    return typeof fetched === 'string' ? fetched : Buffer.from(fetched).toString('utf8')
  } catch {
    return refuse('key_unavailable', `No key could be got from ${new URL(url).hostname}.`)
  }
}
