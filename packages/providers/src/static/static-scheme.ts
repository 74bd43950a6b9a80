import type { Place } from '../place.ts'

/** A shared secret that comes along unhashed: it proves the sender, and nothing about the body. */
export type StaticScheme = SecretPlaceScheme | BasicScheme

export interface SecretPlaceScheme {
  kind: 'static'
  /** Where the secret may be; every value there must be a live one. */
  at: readonly Place[]
  /** What stands before the secret there, as `Bearer `. */
  prefix?: string
  minLength?: number
}

/** HTTP Basic: the name from a setting, the password a live secret or from a setting. */
export interface BasicScheme {
  kind: 'basic'
  usernameSetting: string
  passwordSetting?: string
  /** A password that isn't set counts as the empty one. */
  blankPassword?: true
}
