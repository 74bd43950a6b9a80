import type { SourceColumns } from '@posthorn/db'
import {
  checkSettings,
  type Config,
  findProvider,
  isUnsigned,
  learnsSecret,
  type Provider,
  type SettingProblem,
} from '@posthorn/providers'
import { diffChanges, WITHHELD } from '../audit/diff-changes.ts'
import { checkCron, CRON_TYPE } from '../cron/schedule.ts'
import { InvalidInputError } from '../errors.ts'
import { checkLosant, LOSANT_TYPE } from '../losant/losant-settings.ts'
import type { Vault } from '../vault.ts'
import { checkCustomReply } from './custom-reply.ts'
import { checkQuarantine } from './quarantine-limits.ts'
import type { SourceOptions } from './source-view.ts'

export interface SourceInput {
  readonly uid: string | null
  readonly name: string
  readonly type: string
  /** Without the secrets. */
  readonly config: Config
  /** Every live secret or public key. */
  readonly secrets: readonly string[]
  readonly options: SourceOptions
  readonly metadata: Readonly<Record<string, string>>
}

/**
 * Without the secret that it needs a source proves nothing, and refuses all: only one that is told to wait for
 * it, since some providers show it when they have the URL.
 *
 * @throws {InvalidInputError} no such type, or one whose settings can't work
 */
export function checkSource(input: SourceInput, { awaitsSecret = false } = {}): Provider {
  const provider = findProvider(input.type)
  if (provider === null) throw fault(['type'], `There is no source type "${input.type}"`)
  if (!awaitsSecret && lacksSecret(provider, input))
    throw fault(['config', provider.key.field], 'Field required')
  const { config, secrets } = input
  const isUnproven = isUnverified(provider, input)
  const problems = [
    ...(input.type === CRON_TYPE ? checkCron(config) : []),
    ...(input.type === LOSANT_TYPE ? checkLosant(config) : []),
    ...checkSettings(provider, { config, secrets, noVerification: isUnproven }),
  ]
  if (problems.length > 0) throw settingsFault(problems)
  if (input.options.reply !== null) checkCustomReply(input.options.reply)
  checkQuarantine(input.options)
  return provider
}

function lacksSecret(provider: Provider, { options, secrets }: SourceInput): boolean {
  const { field, optional = false } = provider.key
  const mayLack = optional || options.noVerification || learnsSecret(provider)
  return field !== 'none' && !mayLack && secrets.length === 0
}

/** A uid is one of the whole organisation: whether it is taken is no customer's to learn. */
export function refuseUid(uid: string | null): void {
  if (uid !== null) throw fault(['uid'], 'Only the organisation gives uids')
}

/** Without a secret where the provider allows that, nothing can be proven: shown as such. */
export function isUnverified(
  provider: Provider,
  source: Pick<SourceInput, 'options' | 'secrets' | 'config'>,
): boolean {
  if (source.options.noVerification || isUnsigned(provider, source.config)) return true
  return provider.key.optional === true && source.secrets.length === 0
}

export function toSourceColumns(vault: Vault, input: SourceInput): SourceColumns {
  const { uid, name, type, config, secrets, options, metadata } = input
  return {
    uid,
    name,
    type,
    metadata,
    options: optionsColumn(options),
    config: vault.seal(JSON.stringify(config)),
    secrets: vault.seal(JSON.stringify(secrets)),
  }
}

export function optionsColumn(options: SourceOptions): SourceColumns['options'] {
  return { ...options, reply: options.reply && { ...options.reply } }
}

/** For the audit record: settings may hold credentials, so only that they changed is told. */
export function describeChange(before: Partial<SourceInput>, after: SourceInput) {
  const { config, secrets, ...shown } = after
  const changes = diffChanges({ ...before }, shown)
  const isSame =
    JSON.stringify([before.config, before.secrets]) === JSON.stringify([config, secrets])
  return isSame ? changes : { ...changes, config: { from: WITHHELD, to: WITHHELD } }
}

function settingsFault(problems: readonly SettingProblem[]): InvalidInputError {
  return new InvalidInputError(
    problems.map(({ field, problem }) => ({
      path: ['body', 'config', ...(field === undefined ? [] : [field])],
      message: problem,
    })),
  )
}

function fault(path: readonly string[], message: string): InvalidInputError {
  return new InvalidInputError([{ path: ['body', ...path], message }])
}
