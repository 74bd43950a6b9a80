export { EmbeddedPostgresError } from './errors.ts'
export { isPortFree } from './free-port.ts'
export { type Inbox, type InboxOptions, startInbox } from './inbox/inbox.ts'
export { identifyProcess, isAlive, type ProcessIdentity } from './process-identity.ts'
export { type ConnectionUrls, findRunningServer, type RunningServer } from './running-server.ts'
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './start-embedded-postgres.ts'
