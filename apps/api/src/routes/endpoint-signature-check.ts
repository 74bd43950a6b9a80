import { EndpointSignatureCheckIn, EndpointSignatureCheckOut } from '@posthorn/contracts'
import { checkSignature } from '@posthorn/core/endpoint-care'
import { endpointRoute, ok } from './endpoint-route.ts'

const TOLERANCE_SECONDS = 300

const check = endpointRoute({
  method: 'post',
  path: '/api/v1/app/:appId/endpoint/:endpointId/check-signature',
  operationId: 'v1.endpoint.check-signature',
  summary: 'Which secret of an endpoint made a signature, or what is wrong with it',
  tags: ['Endpoint'],
  access: { of: 'application', capability: 'ViewBase' },
  body: EndpointSignatureCheckIn,
  response: { 200: EndpointSignatureCheckOut },
  handle: async (ctx, { scope, params, body }) => {
    const asked = { idOrUid: params.endpointId, parts: body }
    const { verdict, secrets, ageSeconds } = await checkSignature(ctx, scope, asked)
    return ok({
      verdict,
      secrets: secrets.map(({ fingerprint, expiresAt }) => ({
        fingerprint,
        expiresAt: expiresAt?.toISOString() ?? null,
      })),
      clock: ageSeconds === null ? null : { ageSeconds, verdict: clockVerdict(ageSeconds) },
    })
  },
})

function clockVerdict(ageSeconds: number): 'in_time' | 'too_old' | 'too_new' {
  if (ageSeconds > TOLERANCE_SECONDS) return 'too_old'
  return ageSeconds < -TOLERANCE_SECONDS ? 'too_new' : 'in_time'
}

export const endpointSignatureCheckRoutes = [check] as const
