export { ApiError } from './api-error.ts'
export {
  type Cancelable,
  type Client,
  createClient,
  type EndpointFields,
  type MessageWithText,
} from './create-client.ts'
export { memberText } from './member-text.ts'
export { type ClientOptions, type QueryValues } from './send-request.ts'
