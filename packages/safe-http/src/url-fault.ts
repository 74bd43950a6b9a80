export type UrlRule =
  | 'too_long'
  | 'not_a_url'
  | 'ambiguous'
  | 'scheme'
  | 'port'
  | 'fragment'
  | 'userinfo'
  | 'host'
  | 'local_host'
  | 'refused_host'
  | 'blocked_address'

export interface UrlFault {
  /** A sentence fit to show. */
  fault: string
  rule: UrlRule
}
