import { parseArgs } from 'node:util'
import {
  type DeliveryPauseState,
  getDeliveryPause,
  pauseDeliveries,
  resumeDeliveries,
} from '@posthorn/core/staff'
import { CommandError } from './command-error.ts'
import type { CliConfig } from './config.ts'
import { commandScope, openCore } from './core-access.ts'
import { environmentBeside } from './environment.ts'
import { print } from './print.ts'

const USAGE = 'posthorn deliveries pause <reason> | resume | status'
const LONGEST_REASON = 500

/** Holds back the deliveries of all organisations, or lets them go on; publishing goes on all the while. */
export async function deliveries(config: CliConfig, args: readonly string[]): Promise<void> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} })
  const [verb, ...words] = positionals
  const reason = reasonOf(words)
  await using core = await openCore(environmentBeside(config))
  const scope = await commandScope(core.ctx, undefined)
  if (verb === 'pause' && reason !== '') await pauseDeliveries(core.ctx, scope, reason)
  else if (verb === 'resume') await resumeDeliveries(core.ctx, scope)
  else if (verb !== 'status') throw new CommandError(USAGE)
  for (const line of describe(await getDeliveryPause(core.ctx, scope))) print(line)
}

function reasonOf(words: readonly string[]): string {
  const reason = words.join(' ').trim()
  if (reason.length <= LONGEST_REASON && !/\p{Cc}/u.test(reason)) return reason
  throw new CommandError(`A reason is one line of at most ${LONGEST_REASON} characters.`)
}

function describe({ pause }: DeliveryPauseState): string[] {
  if (pause === null) return ['Deliveries go out.']
  const { pausedAt, pausedBy, reason, waiting, inFlight } = pause
  return [
    `Deliveries are paused since ${pausedAt.toISOString()} by ${pausedBy}: ${reason}`,
    `${waiting} wait, ${inFlight} are in flight and end. Publishing goes on.`,
  ]
}
