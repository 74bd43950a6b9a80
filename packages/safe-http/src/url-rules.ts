import { isIP } from 'node:net'
import { type AddressPolicy, judgeAddress } from './address-rules.ts'
import type { UrlFault } from './url-fault.ts'
import { judgeUrlForm } from './url-form.ts'
import { readUserinfo } from './url-userinfo.ts'

export interface UrlPolicy extends AddressPolicy {
  httpsOnly: boolean
  /** Host names never sent to: `a.example` refuses itself, `*.a.example` all that is below it. */
  refusedHosts?: readonly string[]
}

export interface JudgedUrl {
  /** Normalised and without userinfo: what to store and to send to. */
  url: string
  /** The userinfo as the value of an `Authorization` header; null if there was none. */
  basicAuthorization: string | null
}

/**
 * Judges an endpoint's URL by its parsed host, without asking DNS. A name that passes may still lead
 * to a refused address: that is decided for each connection.
 */
export function judgeEndpointUrl(text: string, policy: UrlPolicy): JudgedUrl | UrlFault {
  const url = judgeUrlForm(text)
  if ('fault' in url) return url
  const fault = judgeScheme(url, policy) ?? judgePort(url) ?? judgeHost(url, policy)
  return fault ?? withoutUserinfo(url)
}

function judgeScheme(url: URL, policy: UrlPolicy): UrlFault | null {
  if (url.protocol === 'https:') return null
  if (policy.httpsOnly) return { rule: 'scheme', fault: 'The URL must start with https://.' }
  if (url.protocol === 'http:') return null
  return { rule: 'scheme', fault: 'The URL must start with https:// or http://.' }
}

function judgePort(url: URL): UrlFault | null {
  return url.port === '0' ? { rule: 'port', fault: 'Port 0 cannot be connected to.' } : null
}

function judgeHost(url: URL, policy: UrlPolicy): UrlFault | null {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isRefusedHost(host, policy.refusedHosts ?? [])) {
    return notSentTo()
  }
  return isIP(host) ? judgeLiteral(host, policy) : judgeName(host, policy)
}

function isRefusedHost(host: string, refusedHosts: readonly string[]): boolean {
  return refusedHosts.some((refused) => {
    const name = refused.toLowerCase()
    return name.startsWith('*.') ? host.endsWith(name.slice(1)) : host === name
  })
}

function judgeLiteral(host: string, policy: UrlPolicy): UrlFault | null {
  const judgement = judgeAddress(host, policy)
  if (judgement.allowed) return null
  if (judgement.isByOperator) return notSentTo()
  const fault = `The address ${host} is not public (${judgement.why}); use a public one.`
  return { rule: 'blocked_address', fault }
}

function notSentTo(): UrlFault {
  return { rule: 'refused_host', fault: 'This host is not sent to.' }
}

function judgeName(host: string, policy: UrlPolicy): UrlFault | null {
  const labels = host.split('.')
  const isName = labels.every((label) => /^[a-z0-9_-]{1,63}$/.test(label))
  if (!isName || host.length > 253) {
    return { rule: 'host', fault: 'The host is not a valid name.' }
  }
  // With an allow-list such names may lead to an allowed address; the connection decides.
  const isLocal = labels.length === 1 || labels.at(-1) === 'localhost'
  if (!isLocal || policy.allowSubnets.length > 0) return null
  return { rule: 'local_host', fault: 'The host must be a full public name, as hooks.example.com.' }
}

function withoutUserinfo(url: URL): JudgedUrl | UrlFault {
  const userinfo = readUserinfo(url)
  if ('fault' in userinfo) return userinfo
  url.username = ''
  url.password = ''
  return { url: url.href, basicAuthorization: userinfo.basicAuthorization }
}
