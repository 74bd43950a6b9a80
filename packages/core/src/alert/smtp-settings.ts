import { ConfigError, type Env } from '@posthorn/runtime'

export interface SmtpSettings {
  /** With credentials: never to be logged or shown. */
  readonly url: string
  readonly from: string
}

const FROM = /^(?:[^<>\p{Cc}]*<[^<>\s@]+@[^<>\s@]+>|[^<>\s@]+@[^<>\s@]+)$/u

/**
 * POSTHORN_SMTP_URL and POSTHORN_SMTP_FROM; null: no e-mail is sent.
 *
 * @throws {ConfigError} naming every fault
 */
export function readSmtpSettings(env: Env): SmtpSettings | null {
  const url = env['POSTHORN_SMTP_URL']?.trim() ?? ''
  const from = env['POSTHORN_SMTP_FROM']?.trim() ?? ''
  if (url === '') return null
  const faults = [
    ...(isMailServer(url) ? [] : ['POSTHORN_SMTP_URL: must be smtp:// or smtps:// with a host']),
    ...(FROM.test(from)
      ? []
      : ['POSTHORN_SMTP_FROM: must be an address, as Posthorn <alerts@example.com>']),
  ]
  if (faults.length > 0) throw new ConfigError(faults)
  return { url, from }
}

function isMailServer(url: string): boolean {
  const { protocol = '', hostname = '' } = URL.parse(url) ?? {}
  return ['smtp:', 'smtps:'].includes(protocol) && hostname !== ''
}
