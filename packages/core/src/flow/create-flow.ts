import { randomBytes } from 'node:crypto'
import type { OrgScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { createSource } from '../source/create-source.ts'
import { DEFAULT_OPTIONS } from '../source/source-view.ts'
import { FLOW_TYPE, type FlowSettings, toConfig } from './flow-settings.ts'
import { type FlowView, viewFlow } from './flow-view.ts'

export interface NewFlowInput {
  readonly name: string
  readonly uid: string | null
  /** Id or uid of the application it publishes into; null: one of its own. */
  readonly application: string | null
  readonly tokenRequired: boolean
  readonly settings: FlowSettings
}

export interface CreatedFlow extends FlowView {
  /** Shown this once, and when it is rotated. */
  readonly token: string
}

/** @throws {ConflictError} the uid is taken @throws {NotFoundError} no such application */
export async function createFlow(
  ctx: CoreContext,
  scope: OrgScope,
  { name, uid, application, tokenRequired, settings }: NewFlowInput,
): Promise<CreatedFlow> {
  const token = newFlowToken()
  const source = await createSource(ctx, scope, {
    name,
    uid,
    application,
    type: FLOW_TYPE,
    config: toConfig(settings),
    secrets: [token],
    options: { ...DEFAULT_OPTIONS, noVerification: !tokenRequired },
    metadata: {},
  })
  return { ...viewFlow(source), token }
}

const TOKEN_BYTES = 48

/** 66 characters: those who send expect more than 50. */
export function newFlowToken(): string {
  return `ey${randomBytes(TOKEN_BYTES).toString('base64url')}`
}
