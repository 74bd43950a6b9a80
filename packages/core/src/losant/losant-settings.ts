import { BINARY_FORMS, type BinaryForm } from '@posthorn/conversion'
import type { Config, SettingProblem } from '@posthorn/providers'

/** The source type whose sources are Losant's webhooks: they receive at `/webhooks/{token}`. */
export const LOSANT_TYPE = 'losant'

const VERIFICATION_TYPES = ['none', 'facebook', 'fitbit', 'twilio', 'alexa'] as const
export type VerificationType = (typeof VERIFICATION_TYPES)[number]
/** Where the reply comes from: posted for its id, or what the first endpoint that takes the message answers. */
const REPLY_FROM = ['api', 'endpoint'] as const

export interface LosantSettings {
  readonly description: string
  readonly verificationType: VerificationType
  readonly verificationCode: string
  readonly responseCode: number
  readonly waitForReply: boolean
  readonly replyFrom: (typeof REPLY_FROM)[number]
  readonly basicAuthUsername: string
  readonly basicAuthPassword: string
  readonly castBuffersAs: BinaryForm
  readonly annotateMultipart: boolean
}

export const DEFAULT_LOSANT: LosantSettings = {
  description: '',
  verificationType: 'none',
  verificationCode: '',
  responseCode: 200,
  waitForReply: false,
  replyFrom: 'api',
  basicAuthUsername: '',
  basicAuthPassword: '',
  castBuffersAs: 'array',
  annotateMultipart: false,
}

/** What a form of settings or `toConfig` wrote; what isn't there is as it is by default. */
export function losantSettingsOf(config: Config): LosantSettings {
  const text = (name: keyof LosantSettings): string => String(config[name] ?? '')
  const code = Number(text('responseCode'))
  return {
    description: text('description'),
    verificationCode: text('verificationCode'),
    basicAuthUsername: text('basicAuthUsername'),
    basicAuthPassword: text('basicAuthPassword'),
    verificationType: oneOf(VERIFICATION_TYPES, text('verificationType')) ?? 'none',
    responseCode: isResponseCode(code) ? code : DEFAULT_LOSANT.responseCode,
    waitForReply: text('waitForReply') === 'true',
    replyFrom: oneOf(REPLY_FROM, text('replyFrom')) ?? 'api',
    castBuffersAs: oneOf(BINARY_FORMS, text('castBuffersAs')) ?? 'array',
    annotateMultipart: text('annotateMultipart') === 'true',
  }
}

export function toLosantConfig(settings: LosantSettings): Config {
  return { ...settings }
}

interface Rule {
  readonly isValid: (text: string) => boolean
  readonly words: string
}

const ONE_OF = (known: readonly string[]): Rule => ({
  isValid: (text) => known.includes(text),
  words: `one of ${known.join(', ')}`,
})
const FLAG = ONE_OF(['true', 'false'])
const SHORT: Rule = { isValid: (text) => text.length <= 255, words: 'at most 255 characters' }

const RULES: Readonly<Partial<Record<keyof LosantSettings, Rule>>> = {
  verificationType: ONE_OF(VERIFICATION_TYPES),
  responseCode: { isValid: (text) => isResponseCode(Number(text)), words: '100 to 599' },
  waitForReply: FLAG,
  replyFrom: ONE_OF(REPLY_FROM),
  basicAuthUsername: SHORT,
  basicAuthPassword: SHORT,
  castBuffersAs: ONE_OF(BINARY_FORMS),
  annotateMultipart: FLAG,
}

/** To be asked when they are saved. */
export function checkLosant(config: Config): SettingProblem[] {
  return Object.entries(RULES).flatMap(([field, { isValid, words }]) => {
    const value = config[field]
    const isSet = value !== undefined && value !== ''
    return isSet && !isValid(String(value)) ? [{ field, problem: `Must be ${words}.` }] : []
  })
}

function isResponseCode(code: number): boolean {
  return Number.isInteger(code) && code >= 100 && code <= 599
}

function oneOf<T extends string>(known: readonly T[], text: string): T | undefined {
  return known.find((one) => one === text)
}
