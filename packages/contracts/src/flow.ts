import * as z from 'zod'
import { uidOf } from './identifier.ts'
import { listOf, listQuery } from './list.ts'
import { proseText } from './text.ts'
import { TimestampOut } from './timestamp.ts'

const Template = z.string().max(20_000)
const status = z.enum(['draft', 'active', 'paused']).describe('Paused: answered, not stored')
const mode = z
  .enum(['async', 'sync'])
  .describe('`sync`: the caller waits up to 30 seconds for the result')
const refId = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, 'Must be a name')
  .refine((name) => name !== 'res', 'The result is called so')
const tokenRequired = z.boolean().describe('False: whoever knows the URL can run the flow')
const resultEndpointId = z
  .string()
  .max(256)
  .nullable()
  .describe('Whose response is the result; null: the first that takes the message')
const name = proseText(256).min(1)
const uid = uidOf('src_').max(60).nullable()

export const FlowIn = z
  .object({
    name,
    uid: uid.default(null),
    appId: z.string().max(256).nullable().default(null).describe('Null: an application of its own'),
    status: status.default('active'),
    refId: refId.default('web1'),
    mode: mode.default('async'),
    tokenRequired: tokenRequired.default(true),
    statusTemplate: Template.default('200'),
    valueTemplate: Template.default('{"success": true}'),
    resultEndpointId: resultEndpointId.default(null),
  })
  .meta({ id: 'FlowIn' })

export const FlowPatch = z
  .object({
    name: name.exactOptional(),
    uid: uid.exactOptional(),
    status: status.exactOptional(),
    refId: refId.exactOptional(),
    mode: mode.exactOptional(),
    tokenRequired: tokenRequired.exactOptional(),
    statusTemplate: Template.exactOptional(),
    valueTemplate: Template.exactOptional(),
    resultEndpointId: resultEndpointId.exactOptional(),
  })
  .meta({ id: 'FlowPatch' })

export const FlowOut = z
  .object({
    id: z.string(),
    uid: z.string().nullable(),
    name: z.string(),
    appId: z.string(),
    url: z.string(),
    status,
    refId: z.string(),
    mode,
    tokenRequired,
    statusTemplate: z.string(),
    valueTemplate: z.string(),
    resultEndpointId: z.string().nullable(),
    createdAt: TimestampOut,
    updatedAt: TimestampOut,
  })
  .meta({ id: 'FlowOut' })
export type FlowOut = z.infer<typeof FlowOut>

export const FlowCreatedOut = FlowOut.extend({
  token: z.string().describe('Shown this once'),
}).meta({ id: 'FlowCreatedOut' })

export const FlowTokenOut = z.object({ token: z.string() }).meta({ id: 'FlowTokenOut' })

export const FlowList = listOf(FlowOut, 'FlowOut')
export const FlowListQuery = listQuery(
  z.string().regex(/^-?src_[0-9A-Za-z]{22}$/, 'Invalid iterator'),
)
