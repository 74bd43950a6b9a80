export {
  defineEventType,
  type EventTypeDefinition,
  type EventTypeInput,
  type PayloadOf,
} from './define-event-type.ts'
export {
  deviceAlarm,
  exampleCatalog,
  invoicePaid,
  invoicePaymentFailed,
  orderShipped,
  userCreated,
  userDeleted,
} from './example-catalog.ts'
export {
  createPayloadValidator,
  type PayloadValidator,
  type PayloadValidatorOptions,
  type SchemaCheck,
  type UnknownReason,
  type ValidationInput,
  type ValidationResult,
} from './payload-validator.ts'
export type { SchemaFault } from './schema-rules.ts'
