export {
  type AttemptSeed,
  type DeliverySeed,
  type EndpointSeed,
  idAt,
  type MessageSeed,
  seedApplication,
  seedAttempts,
  seedDeliveries,
  type SeededApplication,
  seedEndpoint,
  seedMessage,
  seedMessages,
} from './factories.ts'
export { startTestDatabase, type TestDatabase } from './test-database.ts'
export {
  type ReceivedRequest,
  type Receiver,
  type ReceiverReply,
  startReceiver,
} from './receiver.ts'
export { githubSignature } from './github-signature.ts'
export { freePort } from './free-port.ts'
export { makeTestFolder } from './test-folder.ts'
export { waitFor } from './wait-for.ts'
export { type RedisServer, startRedisServer } from './redis-server.ts'
export { startTestServer, type TestServer } from './test-server.ts'
export { type PostgresRelay, type RelayMode, startPostgresRelay } from './postgres-relay.ts'
export { type FragileDatabase, startFragileDatabase } from './fragile-database.ts'
export { type Inbox, startInbox } from '@posthorn/embedded'
