export { tellLimit } from '../auth/application-limit.ts'
export { changePassword, type PasswordChange, provePassword } from './change-password.ts'
export type { StaffContext, Visitor } from './context.ts'
export {
  acceptInvitation,
  type Invitation,
  inviteStaff,
  type LinkPurpose,
  type LinkView,
  listOpenInvitations,
  type MadeLink,
  makeFirstOwnerLink,
  makeRecoveryLink,
  type NamedInvitation,
  readLink,
  redeemLink,
  type Redemption,
  withdrawInvitation,
} from './link.ts'
export { changeMember, listMembers, type MemberChange, type NamedMember } from './members.ts'
export { openPortalAsStaff } from './open-portal.ts'
export { createPasswords, type Passwords } from './passwords.ts'
export { isRoleAtLeast, isStaffRole, STAFF_ROLES, type StaffRole } from './role.ts'
export {
  endOtherSessions,
  endSession,
  findPlace,
  listRoles,
  listSessions,
  type Membership,
  type Place,
  type SignedIn,
  verifySession,
} from './session.ts'
export { type Identity, signInByIdentity } from './sign-in-by-identity.ts'
export { CodeRequiredError, signIn, type SignInInput, type StartedSession } from './sign-in.ts'
export { beginTotp, confirmTotp, countCodes, removeTotp, type TotpEnrolment } from './totp.ts'
export { type CopyPlan, copySettings, planCopy } from '../organisation/copy-settings.ts'
export { type CopyItem } from '../organisation/plan-copy.ts'
export {
  createOrganisation,
  listOwnOrganisations,
  type OwnOrganisation,
  renameOrganisation,
} from '../organisation/manage-organisations.ts'
export {
  changeRetention,
  chosenRetentionDays,
  dropsAtMs,
  getRetention,
  previewRetention,
  type Retention,
  type RetentionPreview,
} from '../organisation/retention.ts'
export {
  type DeliveryPauseState,
  getDeliveryPause,
  pauseDeliveries,
  resumeDeliveries,
} from '../delivery/pause-deliveries.ts'
export { listWorkerHosts } from '../organisation/list-worker-hosts.ts'
export { type ReceivedVerdict, verifyReceived } from '../endpoint/verify-received.ts'
export { recordTestReceiverAnswer } from '../organisation/record-test-receiver.ts'
export {
  type ApplicationNote,
  changeApplicationNote,
  readApplicationNote,
} from '../application/note.ts'
export { type PayloadRetention, readPayloadRetention } from '../application/payload-retention.ts'
export {
  changePayloadRetention,
  type PayloadRetentionPreview,
  previewPayloadRetention,
} from '../application/change-payload-retention.ts'
export { listPortalSessions, type PortalSession } from '../auth/list-portal-sessions.ts'
export {
  changePortalTheme,
  readApplicationLook,
  readPortalTheme,
} from '../organisation/portal-theme.ts'
