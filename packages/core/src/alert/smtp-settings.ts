import { ConfigError } from '@posthorn/runtime'

export interface SmtpSettings {
  /** With credentials: never to be logged or shown. */
  readonly url: string
  readonly from: string
}

const FROM = /^(?:[^<>\p{Cc}]*<[^<>\s@]+@[^<>\s@]+>|[^<>\s@]+@[^<>\s@]+)$/u

/**
 * As in the environment; null: no e-mail is sent.
 *
 * @throws {ConfigError} naming the setting
 */
export function readSmtpSettings(
  url: string | undefined,
  from: string | undefined,
): SmtpSettings | null {
  if (url === undefined) return null
  const { protocol = '', hostname = '' } = URL.parse(url) ?? {}
  if (!['smtp:', 'smtps:'].includes(protocol) || hostname === '')
    throw new ConfigError(['POSTHORN_SMTP_URL: must be smtp:// or smtps:// with a host'])
  if (from === undefined || !FROM.test(from))
    throw new ConfigError([
      'POSTHORN_SMTP_FROM: must be an address, as Posthorn <alerts@example.com>',
    ])
  return { url, from }
}
