import type { PoolTarget } from './connection-pool.ts'
import { failureCause } from './failure-cause.ts'
import type { FailureCause } from './send-result.ts'
import { judgeEndpointUrl, type UrlPolicy } from './url-rules.ts'

export interface SendTarget extends PoolTarget {
  /** The host with its port, if that isn't the scheme's. */
  authority: string
  path: string
}

/** Where a request goes. The rules of writing hold again: configuration may have become stricter. */
export function judgeTarget(text: string, policy: UrlPolicy): SendTarget | { cause: FailureCause } {
  const judged = judgeEndpointUrl(text, policy)
  if ('fault' in judged) return { cause: invalidUrl(judged.fault, judged.rule) }
  if (judged.basicAuthorization)
    return { cause: invalidUrl('The URL holds credentials.', 'userinfo') }
  const url = new URL(judged.url)
  const isTls = url.protocol === 'https:'
  return {
    origin: url.origin,
    authority: url.host,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port ? Number(url.port) : isTls ? 443 : 80,
    isTls,
    path: url.pathname + url.search,
  }
}

function invalidUrl(fault: string, rule: string): FailureCause {
  return failureCause('invalid_url', { host: '', phase: 'check' }, { fault, rule })
}
