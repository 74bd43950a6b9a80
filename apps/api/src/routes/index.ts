import { buildOpenApi, type OpenApiRoute } from '@posthorn/contracts'
import { type ApiRoute, toApiRoute } from '../http/route-table.ts'
import { alertRoutes } from './alert.ts'
import { apiKeyRoutes } from './api-key.ts'
import { applicationNoteRoutes } from './application-note.ts'
import { applicationRetentionRoutes } from './application-retention.ts'
import { applicationRoutes } from './application.ts'
import { attemptListRoutes } from './attempt-list.ts'
import { attemptRoutes } from './attempt.ts'
import { auditRoutes } from './audit.ts'
import { authenticationRoutes } from './authentication.ts'
import { backgroundTaskRoutes } from './background-task.ts'
import { deliveryPauseRoutes } from './delivery-pause.ts'
import { deliveryRulesRoutes } from './delivery-rules.ts'
import { endpointFilterPreviewRoutes } from './endpoint-filter-preview.ts'
import { endpointHeadersRoutes } from './endpoint-headers.ts'
import { endpointHistoryRoutes } from './endpoint-history.ts'
import { endpointReplayRoutes } from './endpoint-replay.ts'
import { endpointSecretRoutes } from './endpoint-secret.ts'
import { endpointSignatureCheckRoutes } from './endpoint-signature-check.ts'
import { endpointTrafficRoutes } from './endpoint-traffic.ts'
import { endpointUrlCheckRoutes } from './endpoint-url-check.ts'
import { endpointRoutes } from './endpoint.ts'
import { eventTypeCheckRoutes } from './event-type-check.ts'
import { eventTypeImportRoutes } from './event-type-import.ts'
import { eventTypeListenersRoutes } from './event-type-listeners.ts'
import { eventTypeRoutes } from './event-type.ts'
import { expungeAllContents } from './expunge-all-contents.ts'
import { flowRoutes } from './flow.ts'
import { healthRoutes } from './health.ts'
import { ingestEndpointSettingsRoutes } from './ingest-endpoint-settings.ts'
import { ingestEndpointRoutes } from './ingest-endpoint.ts'
import { ingestSourceRoutes } from './ingest-source.ts'
import { installationRoutes } from './installation.ts'
import { losantWebhookRoutes } from './losant-webhook.ts'
import { messageDeliveryRoutes } from './message-delivery.ts'
import { messageReadRoutes } from './message-read.ts'
import { noticeAddressRoutes } from './notice-address.ts'
import { operationalWebhookAttemptRoutes } from './operational-webhook-attempt.ts'
import { operationalWebhookEndpointRoutes } from './operational-webhook-endpoint.ts'
import { operationalWebhookSettingsRoutes } from './operational-webhook-settings.ts'
import { organisationRoutes } from './organisation.ts'
import { portalSessionRoutes } from './portal-session.ts'
import { portalThemeRoutes } from './portal-theme.ts'
import { publishDocument } from './publish.ts'
import { sourceOriginalRoutes } from './source-original.ts'
import { sourceReplyRoutes } from './source-reply.ts'
import { sourceRequestRoutes } from './source-request.ts'
import { sourceTestRoutes } from './source-test.ts'
import { sourceTypeRoutes } from './source-type.ts'
import { sourceRoutes } from './source.ts'
import { staffPortalRoutes } from './staff-portal.ts'
import { staffProfileRoutes } from './staff-profile.ts'
import { staffSignInRoutes } from './staff-sign-in.ts'
import { staffUserRoutes } from './staff-user.ts'
import { supportApplicationRoutes } from './support-application.ts'
import { supportHealthRoutes } from './support-health.ts'
import { supportRoutes } from './support.ts'
import { testReceiverRoutes } from './test-receiver.ts'
import { trafficRoutes } from './traffic.ts'

/** Every operation but the publish, one row each: who may call what is read off here. */
export const apiRoutes: readonly ApiRoute[] = [
  ...healthRoutes,
  ...[
    ...applicationRoutes,
    ...authenticationRoutes,
    ...portalSessionRoutes,
    ...portalThemeRoutes,
    ...applicationNoteRoutes,
    ...applicationRetentionRoutes,
    ...noticeAddressRoutes,
    ...eventTypeRoutes,
    ...eventTypeImportRoutes,
    ...eventTypeCheckRoutes,
    ...endpointRoutes,
    ...endpointHeadersRoutes,
    ...endpointSecretRoutes,
    ...endpointHistoryRoutes,
    ...deliveryRulesRoutes,
    ...endpointUrlCheckRoutes,
    ...endpointFilterPreviewRoutes,
    ...endpointSignatureCheckRoutes,
    ...endpointReplayRoutes,
    ...endpointTrafficRoutes,
    ...trafficRoutes,
    ...messageReadRoutes,
    expungeAllContents,
    ...attemptListRoutes,
    ...attemptRoutes,
    ...messageDeliveryRoutes,
    ...backgroundTaskRoutes,
    ...operationalWebhookAttemptRoutes,
    ...operationalWebhookEndpointRoutes,
    ...operationalWebhookSettingsRoutes,
    ...ingestSourceRoutes,
    ...ingestEndpointRoutes,
    ...ingestEndpointSettingsRoutes,
    ...sourceRoutes,
    ...sourceOriginalRoutes,
    ...sourceRequestRoutes,
    ...sourceReplyRoutes,
    ...sourceTestRoutes,
    ...sourceTypeRoutes,
    ...flowRoutes,
    ...losantWebhookRoutes,
    ...apiKeyRoutes,
    ...alertRoutes,
    ...auditRoutes,
    ...staffSignInRoutes,
    ...staffProfileRoutes,
    ...staffUserRoutes,
    ...staffPortalRoutes,
    ...organisationRoutes,
    ...installationRoutes,
    ...deliveryPauseRoutes,
    ...testReceiverRoutes,
    ...supportRoutes,
    ...supportHealthRoutes,
    ...supportApplicationRoutes,
    ...eventTypeListenersRoutes,
  ].map(toApiRoute),
]

export function apiDocument(): object {
  return buildOpenApi([publishDocument, ...apiRoutes.map(toDocument)])
}

const SECURITY: Partial<Record<ApiRoute['access']['of'], OpenApiRoute['security']>> = {
  public: 'none',
  visitor: 'none',
  anyone: 'none',
  user: 'session',
}

function toDocument(route: ApiRoute): OpenApiRoute {
  return { ...route, security: SECURITY[route.access.of] ?? 'bearer' }
}
