export { type QueueBackend, queueBackendOf } from './backend.ts'
export { type DeliveryRef, MAX_DELIVERIES_PER_JOB, type QueuedLease } from './delivery-job.ts'
export { type DeliveryConsumerOptions, openDeliveryConsumer } from './delivery-consumer.ts'
export {
  type DeliveryQueue,
  type DeliveryQueueOptions,
  MAX_WAITING_IDS,
  openDeliveryQueue,
  type QueueLook,
} from './delivery-queue.ts'
export { migrateQueue } from './migrate-queue.ts'
