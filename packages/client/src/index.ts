export { ApiError, isNotFound } from './api-error.ts'
export {
  type Client,
  createClient,
  type EndpointFields,
  type MessageWithText,
  type ReplayKind,
  type ReplayQuery,
  type ReplaySpan,
  type TaskAction,
} from './create-client.ts'
export type { SignatureFields } from './endpoint-checks.ts'
export { memberText } from './member-text.ts'
export { randomKey } from './random-key.ts'
export {
  type ApiRequest,
  type Cancelable,
  type ClientOptions,
  createTransport,
  type QueryValues,
  type SessionOptions,
  type Transport,
} from './send-request.ts'
export type { TrafficPage, TrafficQuery } from './traffic-operations.ts'
