export { type Actor, actorText, type AppScope, type OrgScope, type SourceScope } from './actor.ts'
export type { CoreContext } from './context.ts'
export {
  ConflictError,
  DomainError,
  ForbiddenError,
  type InputFault,
  InvalidInputError,
  LimitedError,
  NotFoundError,
  OverloadedError,
  RefusedError,
  UnauthenticatedError,
} from './errors.ts'
export {
  createVault,
  readVaultKeys,
  type Vault,
  vaultKeysSetting,
  VaultKeyMissingError,
} from './vault.ts'
export { type AuditChanges, diffChanges, WITHHELD } from './audit/diff-changes.ts'
export { type AuditFilter, listAudit, type ListedAudit } from './audit/list-audit.ts'
export { type AuditEntry, recordAudit } from './audit/record-audit.ts'
export {
  announceChange,
  type Change,
  type ChangeListenerOptions,
  listenForChanges,
} from './changes/change.ts'
export {
  checkIdempotencyKey,
  IDEMPOTENCY_HOURS,
  idempotencyBodyHash,
  idempotencyKeyHash,
} from './idempotency/key.ts'
export { type Authenticator, createAuthenticator } from './auth/authenticator.ts'
export { type Capability } from './auth/capability.ts'
export type { AuthContext } from './auth/context.ts'
export { type ApiKeyInput, createApiKey, type CreatedApiKey } from './auth/create-api-key.ts'
export {
  type CreatedToken,
  createOrganisationToken,
  type OrganisationTokenInput,
} from './auth/create-organisation-token.ts'
export { createPortalAccess, type PortalAccessInput } from './auth/create-portal-access.ts'
export { expirePortalAccess, type ExpirePortalInput } from './auth/expire-portal-access.ts'
export { listApiKeys, nameApiKey, type NamedApiKey } from './auth/list-api-keys.ts'
export {
  actorOf,
  hasScope,
  isForApplication,
  type KeyPrincipal,
  type KeyScope,
  latestOf,
  limitOf,
  type OrganisationPrincipal,
  type PortalPrincipal,
  type Principal,
  type StaffPrincipal,
} from './auth/principal.ts'
export { revokeApiKey } from './auth/revoke-api-key.ts'
export { rotateApiKey } from './auth/rotate-api-key.ts'
export { type RenewedAccess, renewPortalAccess } from './auth/renew-portal-access.ts'
export { MAX_PORTAL_SECONDS } from './auth/portal-session.ts'
export { revokeToken, revokeTokenText, type TokenToRevoke } from './auth/revoke-token.ts'
export { createTokens, type Tokens, TokenRejectedError } from './auth/tokens.ts'
export {
  listPage,
  listScannedPage,
  type Page,
  type PageRequest,
  type ScannedPageSource,
} from './list-page.ts'
export { type Reencrypted, reencryptAll } from './reencrypt.ts'
export { ensureOrganisation } from './organisation/ensure-organisation.ts'
export { expungeAttemptContent } from './attempt/expunge-attempt-content.ts'
export { type AttemptRef, getAttempt, tellTask } from './attempt/get-attempt.ts'
export {
  type AttemptedEndpoint,
  listAttemptedEndpoints,
} from './attempt/list-attempted-endpoints.ts'
export { type AttemptedMessage, listAttemptedMessages } from './attempt/list-attempted-messages.ts'
export {
  type ListAttemptsInput,
  type ListedAttempt,
  listEndpointAttempts,
  listMessageAttempts,
} from './attempt/list-attempts.ts'
export { type ResendContext, resendMessage } from './attempt/resend-message.ts'
export { expungeMessageContent } from './message/expunge-message-content.ts'
export { getMessage } from './message/get-message.ts'
export type { IdPageInput } from './message/id-page.ts'
export { type ListedMessage, listMessages } from './message/list-messages.ts'
export { recordPayloadRead } from './message/record-payload-read.ts'
export { classifyResponse } from './delivery/classify-response.ts'
export type { ClaimedDelivery } from './delivery/claimed-delivery.ts'
export { type AttemptTrace, traceOfUnsent } from './delivery/attempt-trace.ts'
export { decideNextStep } from './delivery/decide-next-step.ts'
export {
  createEndpointDirectory,
  type EndpointDirectory,
  type EndpointVersion,
} from './delivery/endpoint-directory.ts'
export type { LocalDelivery } from './delivery/local-delivery.ts'
export type { AttemptTiming, Outcome, OutcomeParams, ReceivedResponse } from './delivery/outcome.ts'
export {
  DEFAULT_RETRY_SCHEDULE,
  RETRY_JITTER,
  retryScheduleSetting,
} from './delivery/retry-schedule.ts'
export { requestHeaders, type SignatureHeaders } from './delivery/request-headers.ts'
export type { SendableEndpoint } from './delivery/sendable-endpoint.ts'
export { type ApplicationSnapshot, ApplicationSnapshots } from './publish/application-snapshot.ts'
export {
  type Dispatch,
  MessageWriter,
  type MessageWriterOptions,
} from './publish/message-writer.ts'
export {
  type MessageDraft,
  type Published,
  publishMessage,
  type PublishContext,
  type PublishTarget,
} from './publish/publish-message.ts'
export { type Attempt, codeOf } from './delivery/attempt.ts'
export {
  AttemptRecorder,
  type AttemptRecorderOptions,
  type Recorded,
} from './delivery/attempt-recorder.ts'
export { LeaseLedger } from './delivery/lease-ledger.ts'
export {
  getEndpointHeaders,
  patchEndpointHeaders,
  setEndpointHeaders,
} from './endpoint/change-headers.ts'
export { createEndpoint, MAX_ENDPOINTS, type NewEndpointInput } from './endpoint/create-endpoint.ts'
export { MAX_ENDPOINT_HEADERS } from './endpoint/endpoint-headers.ts'
export { deleteEndpoint } from './endpoint/delete-endpoint.ts'
export { disableEndpoint, type Disabling } from './endpoint/disable-endpoint.ts'
export type { Disabler } from './endpoint/disabler.ts'
export { type EndpointStats, getEndpointStats } from './endpoint/endpoint-stats.ts'
export { FAILURES_TO_DISABLE } from './endpoint/endpoint-health.ts'
export type { EndpointContext, EndpointView } from './endpoint/endpoint-view.ts'
export { getEndpoint } from './endpoint/get-endpoint.ts'
export { listEndpoints } from './endpoint/list-endpoints.ts'
export { type EndpointProbe, probeEndpoint } from './endpoint/probe-endpoint.ts'
export { recoverEndpoint } from './endpoint/recover-endpoint.ts'
export {
  estimateReplay,
  type ReplayEstimate,
  type ReplayInput,
  startReplay,
} from './endpoint/replay-endpoint.ts'
export { countUndoable, undoDisabling, type Undone } from './endpoint/undo-disabling.ts'
export { revealEndpointSecret } from './endpoint/reveal-secret.ts'
export { rotateEndpointSecret } from './endpoint/rotate-secret.ts'
export { sendExample } from './endpoint/send-example.ts'
export { patchEndpoint, upsertEndpoint } from './endpoint/update-endpoint.ts'
export {
  type OperationalEvent,
  OPERATIONAL_EVENT_TYPES,
} from './operational-webhook/operational-event.ts'
export { getOperationalScope } from './operational-webhook/operational-scope.ts'
export {
  type Executor,
  type OperationalReport,
  reportOperational,
} from './operational-webhook/report-operational.ts'
export { type ExportedTraffic, exportTraffic } from './traffic/export-traffic.ts'
export { countPublished, type PublishedCount } from './traffic/count-published.ts'
export { getTraffic, type Traffic, type TrafficPoint } from './traffic/get-traffic.ts'
export {
  type EndpointDay,
  ENDPOINT_DAY_STEP_MS,
  listEndpointDays,
} from './traffic/list-endpoint-days.ts'
export { listCauses } from './traffic/list-causes.ts'
export { listTraffic, type TrafficPage } from './traffic/list-traffic.ts'
export type { TrafficCount } from './traffic/traffic-count.ts'
export { type TrafficPeriod, trafficWindow, type TrafficWindow } from './traffic/traffic-period.ts'
export { cancelDelivery } from './attempt/cancel-delivery.ts'
export { retryNow } from './attempt/retry-now.ts'
export { retryEndpoint } from './endpoint/retry-endpoint.ts'
export { type DoneBy, tellDoneBy } from './done-by.ts'
export { type MessageFacts, tellMessageFacts } from './message/tell-message-facts.ts'
export type { ScheduleContext } from './attempt/attempts-at-most.ts'
export { type DeliveryDetail, getDelivery, type MessageDelivery } from './attempt/get-delivery.ts'
export {
  describeSentRequest,
  type SentRequest,
  type SentRequestContext,
} from './attempt/sent-request.ts'
export { cancelTask } from './task/cancel-task.ts'
export { claimTask } from './task/claim-task.ts'
export { getTask } from './task/get-task.ts'
export { listTasks } from './task/list-tasks.ts'
export { listTaskDeliveries, type TaskDelivery } from './task/list-task-deliveries.ts'
export { pauseTask, resumeTask } from './task/pause-task.ts'
export { purgeApplicationContent } from './task/purge-application-content.ts'
export { MAX_RUNNING_TASKS } from './task/start-task.ts'
export { runTaskSlice, type SliceResult } from './task/run-task-slice.ts'
export { MAX_DUE_WAITING } from './task/send-slice.ts'
export { taskData, type TaskRow } from './task/task-data.ts'
export { getTaskWithOutcomes, taskProgress } from './task/task-progress.ts'
export type { AttemptRecord, DeliveryProgress, MessageRow, ScannedDelivery } from '@posthorn/db'
export type { NewestAttempt } from '@posthorn/db/endpoint-care'
export {
  type ApplicationCreation,
  createApplication,
  type CreatedApplication,
} from './application/create-application.ts'
export { deleteApplication } from './application/delete-application.ts'
export { getApplication } from './application/get-application.ts'
export { type ApplicationExclusions, listApplications } from './application/list-applications.ts'
export {
  type ApplicationChange,
  patchApplication,
  upsertApplication,
} from './application/update-application.ts'
export { deleteEventType } from './event-type/delete-event-type.ts'
export { getEventType } from './event-type/get-event-type.ts'
export {
  type EventTypeImport,
  type ImportedEventType,
  importEventTypes,
} from './event-type/import-event-types.ts'
export { listEventTypes } from './event-type/list-event-types.ts'
export { readOpenApi } from './event-type/openapi/read-openapi.ts'
export {
  createEventType,
  type EventTypeInput,
  MAX_EVENT_TYPES,
  patchEventType,
  upsertEventType,
} from './event-type/save-event-type.ts'
export { BODY_FORMS, type BodyForm } from './source/body-form.ts'
export { runDueTicks } from './cron/run-due-ticks.ts'
export { createFlow, type CreatedFlow, type NewFlowInput } from './flow/create-flow.ts'
export { deleteFlow, type FlowPatch, patchFlow, rotateFlowToken } from './flow/change-flow.ts'
export {
  DEFAULT_FLOW,
  FLOW_MODES,
  FLOW_STATUSES,
  FLOW_TYPE,
  type FlowSettings,
  RESULT_NAME,
} from './flow/flow-settings.ts'
export type { FlowView } from './flow/flow-view.ts'
export { getFlow, listFlows } from './flow/get-flow.ts'
export { type FlowReceived, receiveFlow } from './flow/receive-flow.ts'
export { FlowDirectory, type ReceivingFlow } from './flow/receiving-flow.ts'
export { createSource, type NewSourceInput } from './source/create-source.ts'
export type { CustomReply } from './source/custom-reply.ts'
export { deleteSource } from './source/delete-source.ts'
export { getSource, getSourceScope } from './source/get-source.ts'
export { JoinedEventTypes } from './source/joined-event-types.ts'
export {
  getQuarantinedRequest,
  getSourceRequest,
  listQuarantinedRequests,
  listSourceRequests,
  type QuarantinedView,
} from './source/list-source-requests.ts'
export { listSources } from './source/list-sources.ts'
export { logSourceRequest } from './source/log-source-request.ts'
export { noteSourceTest } from './source/note-source-test.ts'
export { Pace } from './source/pace.ts'
export {
  type IncomingRequest,
  receive,
  type ReceiveContext,
  type Received,
} from './source/receive.ts'
export { type ReceivingSource, SourceDirectory } from './source/receiving-source.ts'
export { releaseAllQuarantined } from './source/release-all-quarantined.ts'
export { releaseQuarantined } from './source/release-quarantined.ts'
export { RequestLog } from './source/request-log.ts'
export { rotateSourceToken } from './source/rotate-source-token.ts'
export { isUnverified } from './source/source-input.ts'
export { getSourcesReceived } from './source/source-received.ts'
export { DEFAULT_OPTIONS, type SourceOptions, type SourceView } from './source/source-view.ts'
export { patchSource, type SourcePatch } from './source/update-source.ts'
export {
  getTransformation,
  patchTransformation,
  type Transformation,
} from './endpoint/transformation.ts'
export { type BoardEndpoint, type HealthBoard, readHealthBoard } from './support/health-board.ts'
export {
  listOrganisationMessages,
  type ListOrganisationMessagesInput,
} from './support/list-organisation-messages.ts'
export { type Found, search } from './support/search.ts'
export type { OrganisationMessage } from '@posthorn/db'
export { retentionDaysInForce } from './organisation/retention.ts'
