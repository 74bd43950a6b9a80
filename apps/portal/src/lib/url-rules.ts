import type { TextKey } from './text.ts'

export interface UrlFinding {
  readonly kind: 'fault' | 'warning'
  readonly key: TextKey
}

/** What can be said of an endpoint's URL before the server judges it; the server has the last word. */
export function checkUrl(text: string): UrlFinding | null {
  const typed = text.trim()
  if (typed === '') return null
  const url = URL.parse(typed)
  if (!/^https?:\/\//i.test(typed))
    return fault(/^[a-z]+:/i.test(typed) ? 'url.scheme' : 'url.noScheme')
  if (url === null || /[\s\\]/.test(typed)) return fault('url.invalid')
  if (typed.includes('#')) return fault('url.fragment')
  if (isLocal(url.hostname)) return warning('url.local')
  if (url.username !== '' || url.password !== '') return warning('url.userinfo')
  if (url.protocol === 'http:') return warning('url.plainHttp')
  return null
}

function isLocal(host: string): boolean {
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    /^(127\.|10\.|192\.168\.|\[::1\])/.test(host)
  )
}

const fault = (key: TextKey): UrlFinding => ({ kind: 'fault', key })
const warning = (key: TextKey): UrlFinding => ({ kind: 'warning', key })
