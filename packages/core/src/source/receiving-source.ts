import { findSourceByTokenHash } from '@posthorn/db'
import { findProvider, type Provider } from '@posthorn/providers'
import { BoundedCache } from '@posthorn/runtime'
import type { CoreContext } from '../context.ts'
import { FLOW_TYPE } from '../flow/flow-settings.ts'
import { hashLinkToken, isLinkToken } from '../link-token.ts'
import { isUnverified } from './source-input.ts'
import { openSource, type SourceView } from './source-view.ts'

/** A source with all that receiving needs. */
export interface ReceivingSource extends Omit<SourceView, 'token'> {
  readonly orgId: string
  readonly provider: Provider
  readonly isUnverified: boolean
}

interface Remembered {
  /** Null: no such URL. */
  readonly source: ReceivingSource | null
  readonly untilMs: number
  readonly generation: number
}

const TTL_MS = 4_000
const MAX_REMEMBERED = 20_000
const MAX_UNKNOWN = 2_000

/** Sources by the token of their URL; asked by every request, so remembered for a few seconds. */
export class SourceDirectory {
  readonly #ctx: Pick<CoreContext, 'db' | 'vault' | 'clock'>
  readonly #byToken = new BoundedCache<string, Remembered>(MAX_REMEMBERED)
  // Apart, so that invented tokens push out no source.
  readonly #unknown = new BoundedCache<string, Remembered>(MAX_UNKNOWN)
  readonly #loading = new Map<string, Promise<ReceivingSource | null>>()
  #generation = 0

  constructor(ctx: Pick<CoreContext, 'db' | 'vault' | 'clock'>) {
    this.#ctx = ctx
  }

  /** Null: no such URL, or its time is over. */
  find(token: string): ReceivingSource | null | Promise<ReceivingSource | null> {
    if (!isLinkToken(token)) return null
    const known = this.#byToken.get(token) ?? this.#unknown.get(token)
    const nowMs = this.#ctx.clock.nowMs()
    if (known !== undefined && known.generation === this.#generation && known.untilMs > nowMs)
      return known.source
    return this.#load(token, nowMs)
  }

  /** A change is rare and a look-up cheap: whoever it was about, all are read again. */
  forget(): void {
    this.#generation++
    this.#loading.clear()
  }

  // Once for all who ask at the same time.
  #load(token: string, nowMs: number): Promise<ReceivingSource | null> {
    const running = this.#loading.get(token)
    if (running !== undefined) return running
    const loading = this.#read(token, nowMs).finally(() => {
      if (this.#loading.get(token) === loading) this.#loading.delete(token)
    })
    this.#loading.set(token, loading)
    return loading
  }

  async #read(token: string, nowMs: number): Promise<ReceivingSource | null> {
    const generation = this.#generation
    const found = await findSourceByTokenHash(this.#ctx.db.prisma, hashLinkToken(token))
    const source = found === null ? null : toReceiving(this.#ctx, found.source)
    const untilMs = Math.min(nowMs + TTL_MS, found?.expiresAt?.getTime() ?? Infinity)
    const [cache, other] =
      source === null ? [this.#unknown, this.#byToken] : [this.#byToken, this.#unknown]
    other.delete(token)
    cache.set(token, { source, untilMs, generation })
    return source
  }
}

/** Null: a type that this version doesn't know, or one that receives elsewhere. */
function toReceiving(
  ctx: Pick<CoreContext, 'vault'>,
  row: Parameters<typeof openSource>[1],
): ReceivingSource | null {
  return row.type === FLOW_TYPE ? null : openReceiving(ctx, row)
}

/** Null: a type that this version doesn't know. */
export function openReceiving(
  ctx: Pick<CoreContext, 'vault'>,
  row: Parameters<typeof openSource>[1],
): ReceivingSource | null {
  const provider = findProvider(row.type)
  if (provider === null) return null
  const source = openSource(ctx, row)
  return { ...source, orgId: row.orgId, provider, isUnverified: isUnverified(provider, source) }
}
