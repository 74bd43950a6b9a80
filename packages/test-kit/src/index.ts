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
