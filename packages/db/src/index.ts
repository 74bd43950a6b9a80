export {
  type Database,
  type DatabaseOptions,
  type HotClient,
  inTransaction,
  openDatabase,
  type Transaction,
} from './database.ts'
export {
  isMigrated,
  migrate,
  MigrationChangedError,
  type MigrationResult,
  SchemaTooNewError,
} from './migrate.ts'
export { PARTITIONED_TABLES } from './partition-storage.ts'
export { dropPartitions, ensurePartitions, listPartitions } from './partitions.ts'
export { claimDeliveries, type WantedDelivery } from './hot/claim-deliveries.ts'
export type { ClaimedRow, ClaimLease, DeliveryRef } from './hot/claimed-delivery.ts'
export {
  deliveryKey,
  insertMessages,
  type InsertResult,
  type NewDelivery,
  type NewMessage,
  type NotStored,
} from './hot/insert-messages.ts'
export type { PayloadForm, ReceivedPart } from './hot/received-columns.ts'
export {
  type AttemptRow,
  type EndpointTrouble,
  recordAttempts,
  type RecordOptions,
  type RecordResult,
} from './hot/record-attempts.ts'
export { openStrandedLanes } from './hot/open-stranded-lanes.ts'
export { type TakenRow, takeTurns, type TurnOptions } from './hot/take-turns.ts'
export {
  findApiKeyByHash,
  findApiKeyName,
  insertApiKey,
  listApiKeys,
  type NewApiKey,
} from './api-key.ts'
export {
  type AuditWindow,
  insertAuditRecord,
  listAuditRecords,
  type NewAuditRecord,
} from './audit.ts'
export { type KeyReservation, reserveKey, storeAnswer, type StoredAnswer } from './idempotency.ts'
export { afterCommit, inOneTransaction, type JoinedTransaction } from './joined-transaction.ts'
export { beyond, type KeyWindow } from './keyset.ts'
export { listenForNotices, type ListenOptions, notify } from './listen.ts'
export { findOrganisation, insertOrganisation } from './organisation.ts'
export {
  type GroupRevocation,
  isRevoked,
  revokeGroup,
  revokeTokenId,
  type TokenSubjects,
} from './revocation.ts'
export { type DatabaseClock, startDatabaseClock } from './database-clock.ts'
export {
  type ApplicationEndpoints,
  type ApplicationFields,
  findApplication,
  followApplicationRate,
  insertApplication,
  listApplications,
  lockNamedApplication,
  markApplicationDeleted,
  summarizeEndpoints,
  updateApplication,
} from './application.ts'
export type {
  ApiKey,
  Application,
  AuditRecord as AuditRow,
  EventType,
  Source,
  StaffLink,
  StaffMember,
  StaffSession,
  StaffUser,
} from './generated/client.ts'
export {
  type AttemptFilter,
  type AttemptRecord,
  type AttemptScan,
  attemptScanSql,
  expungeResponse,
  loadAttempts,
  scanAttempts,
  type ScannedAttempt,
} from './attempt.ts'
export {
  countDeliveries,
  type DeliveryFilter,
  endpointDeliveryScanSql,
  loadEndpoints,
  requestManualDelivery,
  scanEndpointDeliveries,
  scanMessageDeliveries,
  type ScannedDelivery,
  shareEndpoint,
} from './delivery.ts'
export type { DeliveryProgress } from './delivery-progress.ts'
export { type DeliveryState, readDeliveryStates } from './delivery-state.ts'
export type { IdRange } from './id-range.ts'
export {
  findMessageId,
  findMessageOrigin,
  type MessageOrigin,
  hasPayload,
  loadMessages,
  type MessageFilter,
  type MessageRow,
  messageScanSql,
  removePayload,
  scanMessages,
  type ScannedRow,
} from './message.ts'
export {
  type ApplicationKey,
  type Cancellation,
  cancelWaitingDeliveries,
  countEndpoints,
  type EndpointFields,
  type EndpointRow,
  findEndpoint,
  findLiveEventTypes,
  insertEndpoint,
  isEndpointStopped,
  listEndpoints,
  lockApplication,
  type LockedApplication,
  markEndpointDeleted,
  preferIndexes,
  updateEndpoint,
} from './endpoint.ts'
export { findCurrentSecret, insertEndpointSecret, retireCurrentSecret } from './endpoint-secret.ts'
export {
  countCanceled,
  countUnsettled,
  type EndpointVitals,
  findEndpointRate,
  findFailingSince,
  insertEndpointState,
  readEndpointVitals,
  resetEndpointHealth,
  setEndpointRate,
  sumAttempts,
} from './endpoint-state.ts'
export { findInFlight, findLatestAttempt, lockBreaker, takeProbe } from './probe.ts'
export {
  countCanceledBy,
  listCanceledInFlight,
  resumeCanceledBy,
  resumeDelivery,
} from './undo-disabling.ts'
export { findEventTypeSchemas, insertExampleMessage } from './example-message.ts'
export {
  countRunningTasks,
  findTask,
  insertTask,
  leaseTask,
  listMessageIds,
  listTasks,
  lockRunningTask,
  markTaskApproved,
  markTaskCanceled,
  markTaskPaused,
  purgeContent,
  saveTaskProgress,
  type TaskFilter,
  type TaskRow,
  type TaskScope,
} from './task.ts'
export { countTaskOutcomes, type TaskOutcomes } from './task-outcomes.ts'
export {
  countDueWaiting,
  type EndpointDelivery,
  insertManualDeliveries,
  listEndpointDeliveries,
  listMissingMessages,
  listReplayCandidates,
  tallyMessages,
} from './sending-again.ts'
export { foldTraffic } from './hot/fold-traffic.ts'
export { forgetExpired } from './hot/forget-expired.ts'
export { areDeliveriesPaused } from './delivery-pause.ts'
export { removeWorker, touchWorker } from './hot/workers.ts'
export {
  listTrafficKeys,
  readTraffic,
  type TrafficKind,
  type TrafficRow,
  type TrafficSpan,
} from './traffic.ts'
export { slotStartMs, trafficMark } from './traffic-mark.ts'
export { isDatabaseAway } from './database-away.ts'
export { databaseBytes } from './database-size.ts'
export { type EventTypeSchema, findEventTypeSchema } from './event-type-schema.ts'
export {
  countEventTypes,
  deleteEventTypeRow,
  type EventTypeFields,
  type EventTypeView,
  findEventType,
  insertEventType,
  listActiveNames,
  listEventTypes,
  lockEventType,
  lockEventTypes,
  updateEventType,
} from './event-type.ts'
export {
  listSealedByOthers,
  replaceSealed,
  SEALED_COLUMNS,
  type SealedColumn,
} from './sealed-value.ts'
export { isUniqueViolation } from './unique-violation.ts'
export {
  countSources,
  findCurrentSourceToken,
  findSource,
  findSourceById,
  findSourceByTokenHash,
  insertSource,
  insertSourceToken,
  listSources,
  lockSource,
  markSourceDeleted,
  ownApplication,
  retireSourceToken,
  type SourceColumns,
  type SourceAtUrl,
  updateSource,
} from './source.ts'
export {
  findQuarantined,
  findSourceKeyMessage,
  findSourceRequest,
  insertQuarantined,
  insertSourceRequests,
  listQuarantined,
  listSourceRequests,
  markReleased,
  type NewQuarantined,
  type NewSourceRequest,
  type QuarantinedRow,
  type SourceOutcome,
  type SourceRequestRow,
} from './source-request.ts'
export { findTransformation, saveTransformation } from './transformation.ts'
export { cancelDelivery } from './cancel-delivery.ts'
export { findRetryingEndpoints, retryEndpointNow, retryNow } from './retry-now.ts'
export { listWorstEndpoints } from './worst-endpoint.ts'
export { findFirstAnswers, type FirstAnswer } from './first-answer.ts'
export {
  type EndpointText,
  findApplications,
  findEndpoints,
  findMessages,
  type FoundApplication,
  type FoundEndpoint,
  type FoundMessage,
} from './find.ts'
export {
  loadOrganisationMessages,
  type OrganisationMessage,
  type OrganisationMessageFilter,
  scanOrganisationMessages,
} from './organisation-message.ts'
export {
  countRunningRecoveries,
  type EndpointTarget,
  findDisabledEndpoints,
  findEndpointLatencies,
  findFailingEndpoints,
  findLastOutcomes,
  findLimitedEndpoints,
  countTargets,
  type TargetCounts,
  findTargetsAt,
  findTargetsById,
  type LastOutcome,
  type TargetPlace,
  type TroubledEndpoint,
} from './troubled-endpoint.ts'
export {
  listWorkerHealth,
  type MinuteTraffic,
  type QueueHealth,
  readQueueHealth,
  readRecentTraffic,
  type WorkerHealth,
} from './queue-health.ts'
