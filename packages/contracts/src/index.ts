export {
  ApplicationCreateQuery,
  ApplicationIn,
  ApplicationList,
  ApplicationListQuery,
  ApplicationOut,
  ApplicationPatch,
} from './application.ts'
export {
  EndpointIn,
  EndpointList,
  EndpointListQuery,
  EndpointOut,
  EndpointPatch,
  EndpointUpdate,
} from './endpoint.ts'
export {
  EndpointHeadersIn,
  EndpointHeadersOut,
  EndpointHeadersPatchIn,
} from './endpoint-headers.ts'
export { EndpointSecretOut, EndpointSecretRotateIn } from './endpoint-secret.ts'
export { EndpointState } from './endpoint-state.ts'
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
export { parseJsonBody } from './json-body.ts'
export { Ordering } from './list.ts'
export {
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
  type MessageBody,
  type ParsedMessageIn,
  parseMessageBody,
  parseMessageIn,
} from './message-body.ts'
export { parseQuery } from './query.ts'
export { parseTimestamp } from './timestamp.ts'
export {
  HTTPValidationError,
  HttpErrorOut,
  parseRequest,
  type RequestPlace,
  RequestValidationError,
  toHttpValidationErrors,
  ValidationError,
} from './validation-error.ts'
