export type { EndpointOut, EventTypeOut, MessageAttemptOut, MessageOut } from '@posthorn/contracts'
export { type HostSays, type PortalSays, type PortalTheme } from './portal-message.ts'
export { PosthornPortal, type PosthornPortalProps } from './posthorn-portal.tsx'
export { PosthornProvider, type PosthornProviderProps, usePosthorn } from './posthorn-provider.tsx'
export { type Answer } from './use-answer.ts'
export {
  useEndpoint,
  useEndpointActions,
  useEndpointHeaders,
  useEndpoints,
  useEndpointSecret,
  useEndpointStats,
} from './use-endpoints.ts'
export { type ListAnswer, type ListPage } from './use-list.ts'
export {
  useEndpointAttempts,
  useEventTypes,
  useMessage,
  useMessageAttempts,
  useMessages,
  useReplay,
} from './use-messages.ts'
