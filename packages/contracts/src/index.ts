export { checkJson, JsonScanError, scanMembers } from './json-scanner.ts'
export {
  AlertCondition,
  AlertIn,
  AlertList,
  AlertListQuery,
  AlertMuteIn,
  AlertNotificationList,
  AlertNotificationListQuery,
  AlertNotificationOut,
  AlertOut,
  AlertPatch,
  type AlertTargetOut,
} from './alert.ts'
export {
  ApplicationCreateQuery,
  ApplicationIn,
  ApplicationList,
  ApplicationListQuery,
  ApplicationOut,
  ApplicationPatch,
} from './application.ts'
export {
  AppPortalAccessIn,
  AppPortalAccessOut,
  AppPortalCapability,
  ApplicationTokenExpireIn,
  PortalAccessRenewOut,
} from './authentication.ts'
export {
  BackgroundTaskList,
  BackgroundTaskListQuery,
  BackgroundTaskOut,
  BackgroundTaskStatus,
  BackgroundTaskType,
  ExpungeAllContentsOut,
  RecoverOut,
  ReplayOut,
  TaskOutcomes,
  TaskProgress,
} from './background-task.ts'
export {
  TaskDeliveryList,
  TaskDeliveryOut,
  TaskDeliveryQuery,
  TaskOutcome,
} from './task-delivery.ts'
export {
  EndpointIn,
  EndpointList,
  EndpointListQuery,
  EndpointOut,
  EndpointPatch,
  EndpointUpdate,
  EndpointWarningsOut,
} from './endpoint.ts'
export {
  EndpointHeadersIn,
  EndpointHeadersOut,
  EndpointHeadersPatchIn,
  EndpointHeaderRemovedOut,
  EndpointHeaderRemoveIn,
  EndpointHeaderUndoIn,
} from './endpoint-headers.ts'
export {
  BulkReplayIn,
  EventExampleIn,
  RecoverIn,
  ReplayEstimateOut,
  ReplayIn,
  RetriedOut,
  RetryIn,
} from './endpoint-recovery.ts'
export { DoneBy, DoneByKind } from './done-by.ts'
export { EndpointFilterPreviewIn, EndpointFilterPreviewOut } from './endpoint-filter-preview.ts'
export {
  EndpointHistoryList,
  EndpointHistoryOut,
  EndpointHistoryQuery,
} from './endpoint-history.ts'
export {
  EndpointSecretListOut,
  EndpointSecretOut,
  EndpointSecretRotateIn,
} from './endpoint-secret.ts'
export {
  EndpointSignatureCheckIn,
  EndpointSignatureCheckOut,
  SignatureVerdict,
} from './endpoint-signature-check.ts'
export { EndpointProbeOut, UndoDisablingIn, UndoneOut } from './endpoint-resume.ts'
export { EndpointHealth, EndpointState } from './endpoint-state.ts'
export {
  EndpointUrlCheckIn,
  EndpointUrlCheckOut,
  EndpointUrlWarning,
} from './endpoint-url-check.ts'
export { EndpointStats, EndpointStatsQuery } from './endpoint-stats.ts'
export {
  EventTypeDeleteQuery,
  EventTypeIn,
  EventTypeList,
  EventTypeListQuery,
  EventTypeOut,
  EventTypePatch,
  EventTypeUpdate,
  SchemaValidation,
} from './event-type.ts'
export {
  EventTypeFromOpenApi,
  EventTypeImportOpenApiIn,
  EventTypeImportOpenApiOut,
  parseDescribedEventTypes,
} from './event-type-import.ts'
export { DeliveryStateOut, DeliveryWaitReason, MessageDeliveryOut } from './message-delivery.ts'
export { findMissing } from './find-missing.ts'
export { EventTypeName, IdOrUid, PathName } from './identifier.ts'
export { parseJsonBody } from './json-body.ts'
export { Ordering } from './list.ts'
export {
  DeliveryCounts,
  MessageContentQuery,
  MessageFields,
  MessageIn,
  MessageList,
  MessageListQuery,
  MessageOut,
  SchemaFault,
  Unmatched,
} from './message.ts'
export {
  AttemptedDestinationsQuery,
  AttemptedMessagesQuery,
  AttemptGetQuery,
  AttemptOutcome,
  AttemptsByEndpointQuery,
  OperationalWebhookAttemptListQuery,
  AttemptsByMessageQuery,
  AttemptTiming,
  AttemptTrace,
  AttemptRequest,
  EmptyResponse,
  EndpointMessageList,
  EndpointMessageOut,
  MessageAttemptList,
  MessageAttemptOut,
  MessageAttemptTriggerType,
  MessageEndpointList,
  MessageEndpointOut,
  NewestAttempt,
  StatusCodeClass,
} from './message-attempt.ts'
export { MessageStatus, MessageStatusText } from './message-status.ts'
export { PublisherOut } from './publisher.ts'
export { ApplicationNoteIn, ApplicationNoteOut } from './application-note.ts'
export { PortalSessionList, type PortalSessionOut } from './portal-session.ts'
export {
  type MessageBody,
  type ParsedMessageIn,
  parseMessageBody,
  parseMessageIn,
} from './message-body.ts'
export { buildOpenApi, type OpenApiInfo, type OpenApiRoute } from './openapi.ts'
export {
  OperationalWebhookEndpointIn,
  OperationalWebhookEndpointList,
  OperationalWebhookEndpointListQuery,
  OperationalWebhookEndpointOut,
  OperationalWebhookEndpointUpdate,
} from './operational-webhook-endpoint.ts'
export { parseQuery } from './query.ts'
export { parseTimestamp } from './timestamp.ts'
export {
  HTTPValidationError,
  HttpErrorOut,
  malformed,
  parseRequest,
  type RequestPlace,
  RequestValidationError,
  toHttpValidationErrors,
  ValidationError,
} from './validation-error.ts'
export { isJson } from './is-json.ts'
export {
  ApiKeyCreatedOut,
  ApiKeyIn,
  ApiKeyList,
  ApiKeyListQuery,
  ApiKeyOut,
  ApiKeyRotateIn,
} from './api-key.ts'
export { AuditListQuery, AuditRecordList, AuditRecordOut } from './audit.ts'
export {
  StaffCodeIn,
  StaffInvitationIn,
  StaffInvitationOut,
  StaffInvitationsOut,
  StaffInvitedOut,
  StaffLinkIn,
  StaffLinkOut,
  StaffMembershipOut,
  StaffPasswordIn,
  StaffPortalAccessIn,
  StaffProfileOut,
  StaffProofIn,
  StaffRecoveryCodesOut,
  StaffRedeemIn,
  StaffRole,
  StaffSessionOut,
  StaffSessionsOut,
  StaffSignInIn,
  StaffSignInOptionsOut,
  StaffSignedInOut,
  StaffTotpOut,
  StaffUserList,
  StaffUserListQuery,
  StaffUserOut,
  StaffUserPatch,
} from './staff.ts'
export {
  EndpointDayList,
  EndpointDayOut,
  EndpointDayQuery,
  EndpointTrafficList,
  EndpointTrafficQuery,
  EventTypeTrafficList,
  EventTypeTrafficQuery,
  TrafficCauseList,
  TrafficCauseQuery,
  TrafficCount,
  TrafficExportQuery,
  TrafficOut,
  TrafficPeriod,
  TrafficQuery,
} from './traffic.ts'
export { EventTypeCheckIn, EventTypeCheckOut, examplesOf } from './event-type-check.ts'
export {
  BoardEndpointOut,
  HealthBoardOut,
  HealthBoardQuery,
  OrganisationMessageList,
  OrganisationMessageQuery,
  QueueHealthOut,
  type StoreOut,
  RecoverManyEstimateOut,
  RecoverManyIn,
  RetryManyIn,
  SearchOut,
  SearchQuery,
} from './support.ts'
export {
  OrganisationCopyIn,
  type OrganisationCopyItem,
  OrganisationCopyOut,
  OrganisationIn,
  OrganisationMadeOut,
  OrganisationOut,
  OrganisationsOut,
} from './organisation.ts'
export { DeliveryPauseIn, DeliveryPauseOut } from './delivery-pause.ts'
export {
  InstallationSettingOut,
  InstallationSettingsOut,
  RetentionIn,
  RetentionOut,
  RetentionPreviewOut,
  RetentionPreviewQuery,
  type RetentionRule,
  type RetentionWeekOut,
  SettingSource,
} from './installation.ts'
export {
  type TestReceived,
  TestReceiverAnswer,
  TestReceiverOut,
  TestReceiverQuery,
  TestReceiverVerdict,
} from './test-receiver.ts'
export {
  EnableManyIn,
  EnableManyOut,
  ProbeManyIn,
  ProbeManyOut,
  OutageEndpointList,
  OutageEndpointQuery,
  OutageList,
  type OutageOut,
  PastOutageList,
  type PastOutageOut,
  PastOutageQuery,
  OverviewOut,
} from './support-health.ts'
export { EventTypeAttemptsOut, EventTypeListenersOut } from './event-type-listeners.ts'
export {
  SupportApplicationList,
  SupportApplicationOut,
  SupportApplicationQuery,
} from './support-application.ts'
