import { setting } from '../config.ts'
import { sameText } from '../encoded-bytes.ts'
import type { Evidence } from '../evidence.ts'
import { type Proof, proven, refuse } from '../verification.ts'
import type { BasicScheme } from './static-scheme.ts'

/** Compares name and password together; a refusal asks for a 401 with `WWW-Authenticate: Basic`. */
export function proveBasic(scheme: BasicScheme, { webhook, config, secrets }: Evidence): Proof {
  const username = setting(config, scheme.usernameSetting) ?? ''
  const fromSetting = scheme.passwordSetting && setting(config, scheme.passwordSetting)
  const passwords = [...secrets, fromSetting ?? ''].filter((password) => password !== '')
  if (passwords.length === 0 && !scheme.blankPassword) {
    return refuse('no_secret', 'No password is configured.')
  }
  if (passwords.length === 0) passwords.push('')
  const lines = webhook.lines('authorization')
  if (lines.length > 1) return refuse('repeated_header', 'Authorization came more than once.')
  const encoded = /^basic +([A-Za-z0-9+/=_-]*)$/i.exec(lines[0] ?? '')?.[1]
  if (encoded === undefined)
    return refuse('missing_signature', 'HTTP Basic credentials are missing.')
  const given = Buffer.from(encoded, 'base64').toString('utf8')
  const matches = passwords.map((password) => sameText(given, `${username}:${password}`))
  return matches.includes(true)
    ? proven
    : refuse('wrong_credentials', 'Name or password are not the configured ones.')
}
