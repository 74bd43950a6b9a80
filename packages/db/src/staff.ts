export {
  claimTotpStep,
  findMemberName,
  findMembership,
  findStaffUser,
  hasStaffOwner,
  insertMember,
  insertStaffUser,
  listMembers,
  listMemberships,
  listUserNames,
  lockOwners,
  type MemberRow,
  type NewStaffUser,
  type StaffUserChange,
  updateMember,
  updateStaffUser,
} from './staff-user.ts'
export {
  countRecoveryCodes,
  deleteEndedSessions,
  deleteStaffDevices,
  deleteStaffSessions,
  findStaffSession,
  insertStaffDevice,
  insertStaffSession,
  isStaffDevice,
  listStaffSessions,
  type LiveSpan,
  replaceRecoveryCodes,
  takeRecoveryCode,
  touchStaffSession,
} from './staff-session.ts'
export {
  deleteExpiredLinks,
  deleteStaffLinks,
  findStaffLink,
  insertStaffLink,
  listInvitations,
  takeInvitations,
  takeStaffLink,
} from './staff-link.ts'
export {
  countFailure,
  deleteEndedThrottles,
  discountFailure,
  type Failures,
  forgetFailures,
} from './staff-throttle.ts'
export {
  countActiveEventTypes,
  listOrganisations,
  lockStaffUser,
  renameOrganisation,
} from './organisation.ts'
export { findFirstAuditedAt, insertAuditRecords } from './audit.ts'
export { copyEventTypes, lockCopying, readDifference } from './event-type-difference.ts'
export {
  countOthersOrganisations,
  findInstallation,
  listOrganisationsInUse,
  listWorkerHosts,
  lockInstallation,
  saveRetentionDays,
} from './installation.ts'
export {
  deleteDeliveryPause,
  findDeliveryPause,
  type HeldBack,
  insertDeliveryPause,
  readHeldBack,
} from './delivery-pause.ts'
export { listWeeks, type StoredWeek } from './stored-week.ts'
export { WEEK_MS, weekStart } from './partitions.ts'
export { listEndpointSecrets, listEndpointsAt } from './endpoint-secret.ts'
export {
  findDisabledTargets,
  findOutageMembers,
  findTroubledHosts,
  type OutageMember,
  type SampledEndpoint,
  type TroubledHost,
} from './outage.ts'
export {
  findOrganisationsInTrouble,
  listPastOutages,
  type PastOutage,
  recordOutages,
} from './past-outage.ts'
export {
  type Accepted,
  countAccepted,
  countFiringAlerts,
  countQuarantined,
  countTroubled,
  readRescued,
  type Rescued,
  type TroubledCounts,
} from './support-overview.ts'
export { findAttempt, type FoundAttempt } from './find-attempt.ts'
export {
  type ApplicationFigures,
  type EndpointsHeld,
  filterByEndpoints,
  findApplicationsById,
  listHolding,
  readApplicationFigures,
} from './support-application.ts'
export { findListeners, type Listeners } from './event-type-listeners.ts'
export { endApiKey, lockApiKey, markApiKeyRevoked, touchApiKey } from './api-key.ts'
export { listPortalGrants } from './portal-grant.ts'
export {
  deleteApplicationNote,
  findApplicationNote,
  saveApplicationNote,
} from './application-note.ts'
export {
  type ApplicationRetention,
  countExpiring,
  deleteApplicationRetention,
  findApplicationRetention,
  lockApplicationRetention,
  saveApplicationRetention,
} from './application-retention.ts'
export { type AttemptsOfTypes, readEventTypeAttempts } from './event-type-attempts.ts'
export { listRevoked } from './revocation.ts'
export { databaseLatencyMs } from './database-latency.ts'
export {
  findPortalTheme,
  findThemedApplication,
  lockPortalTheme,
  savePortalTheme,
} from './portal-theme.ts'
