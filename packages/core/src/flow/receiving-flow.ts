import { findSourceById } from '@posthorn/db'
import { BoundedCache } from '@posthorn/runtime'
import type { CoreContext } from '../context.ts'
import { openReceiving, type ReceivingSource } from '../source/receiving-source.ts'
import { FLOW_TYPE, type FlowSettings, flowSettingsOf } from './flow-settings.ts'

/** A flow with all that receiving needs. */
export interface ReceivingFlow extends ReceivingSource {
  readonly settings: FlowSettings
}

interface Remembered {
  readonly flow: ReceivingFlow | null
  readonly untilMs: number
}

const TTL_MS = 4_000
const MAX_REMEMBERED = 5_000
const FLOW_ID = /^src_[0-9A-Za-z]{22}$/

/** Flows by their id; asked by every request, so remembered for a few seconds. */
export class FlowDirectory {
  readonly #ctx: Pick<CoreContext, 'db' | 'vault' | 'clock'>
  #byId = new BoundedCache<string, Remembered>(MAX_REMEMBERED)

  constructor(ctx: Pick<CoreContext, 'db' | 'vault' | 'clock'>) {
    this.#ctx = ctx
  }

  async find(id: string): Promise<ReceivingFlow | null> {
    if (!FLOW_ID.test(id)) return null
    const nowMs = this.#ctx.clock.nowMs()
    const known = this.#byId.get(id)
    if (known !== undefined && known.untilMs > nowMs) return known.flow
    const cache = this.#byId
    const row = await findSourceById(this.#ctx.db.prisma, id)
    const source = row?.type === FLOW_TYPE ? openReceiving(this.#ctx, row) : null
    const flow = source === null ? null : { ...source, settings: flowSettingsOf(source.config) }
    cache.set(id, { flow, untilMs: nowMs + TTL_MS })
    return flow
  }

  /** What is being read meanwhile is put where nobody looks any more. */
  forget(): void {
    this.#byId = new BoundedCache(MAX_REMEMBERED)
  }
}
