import * as z from 'zod'
import { IdOrUid } from './identifier.ts'

export const EndpointUrlCheckIn = z
  .object({
    url: z.string().min(1).max(65_536).describe('As it is typed'),
    endpointId: IdOrUid.exactOptional().describe('Which endpoint has it already'),
  })
  .meta({ id: 'EndpointUrlCheckIn' })
export type EndpointUrlCheckIn = z.output<typeof EndpointUrlCheckIn>

export const EndpointUrlWarning = z
  .enum(['dns_not_found', 'dns_timeout', 'dns_failed', 'url_used'])
  .meta({ id: 'EndpointUrlWarning' })
export type EndpointUrlWarning = z.infer<typeof EndpointUrlWarning>

export const EndpointUrlCheckOut = z
  .object({
    fault: z
      .object({ rule: z.string(), message: z.string() })
      .nullable()
      .describe('Why it would be refused'),
    warnings: z.array(EndpointUrlWarning).describe('What may be wrong, and is not refused'),
    testReceiverUrl: z
      .string()
      .nullable()
      .describe(
        'For a URL that leads to the own machine: the built-in receiver, where there is one',
      ),
  })
  .meta({ id: 'EndpointUrlCheckOut' })
export type EndpointUrlCheckOut = z.infer<typeof EndpointUrlCheckOut>
