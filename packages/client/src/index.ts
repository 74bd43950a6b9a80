export { ApiError } from './api-error.ts'
export {
  type Cancelable,
  type Client,
  createClient,
  type EndpointFields,
  type MessageWithText,
  type ReplayKind,
  type ReplayQuery,
  type ReplaySpan,
  type SignatureFields,
  type TaskAction,
  type TrafficPage,
  type TrafficQuery,
} from './create-client.ts'
export { memberText } from './member-text.ts'
export {
  type ApiRequest,
  type ClientOptions,
  createTransport,
  type QueryValues,
  type SessionOptions,
  type Transport,
} from './send-request.ts'
