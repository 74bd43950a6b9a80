import { isIPv6 } from 'node:net'
import type { UrlFault } from './url-fault.ts'

const maxUrlLength = 2048

/**
 * Parses a URL, refusing text that means something else than it looks like: `URL` drops tabs and line
 * breaks, takes `\` for `/`, accepts `https:host`, and reads `0x7f.1` or `2130706433` as 127.0.0.1.
 */
export function judgeUrlForm(text: string): URL | UrlFault {
  if (text.length > maxUrlLength) return tooLong()
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0020\u007f-\u00a0\\]/.test(text) || !text.isWellFormed()) {
    return ambiguous('The URL must not contain spaces, control characters or backslashes.')
  }
  if (text.includes('#')) {
    return { rule: 'fragment', fault: 'The URL must not have a fragment (#): it is never sent.' }
  }
  const url = URL.parse(text)
  if (!url) return { rule: 'not_a_url', fault: 'This is not a valid URL.' }
  if (url.href.length > maxUrlLength) return tooLong()
  return judgeAuthority(text, url) ?? url
}

function judgeAuthority(text: string, url: URL): UrlFault | null {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?]+)/i.exec(text)?.[1]
  if (authority === undefined) {
    return ambiguous('The URL must have the form https://host/path.')
  }
  const [host = '', ...userinfo] = authority.split('@').toReversed()
  if (userinfo.length > 1) return ambiguous('The URL contains more than one @ before its host.')
  return judgeHostText(host.replace(/:\d*$/, ''), url.hostname)
}

function judgeHostText(written: string, parsed: string): UrlFault | null {
  if (parsed.endsWith('.')) return ambiguous('The host must not end in a dot.')
  if (written.toLowerCase() === parsed || isIPv6(written.replace(/^\[|\]$/g, ''))) return null
  // International names become their xn-- form; whatever else changes was written to mislead.
  const isInternational = /[\u0080-\uffff]/.test(written) && parsed.includes('xn--')
  return isInternational && !written.includes('%')
    ? null
    : ambiguous(`The host is not written in its plain form: it means ${parsed}.`)
}

function ambiguous(fault: string): UrlFault {
  return { rule: 'ambiguous', fault }
}

function tooLong(): UrlFault {
  return { rule: 'too_long', fault: `The URL is longer than ${maxUrlLength} characters.` }
}
