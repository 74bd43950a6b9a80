const OF_ENDPOINTS = [
  'ViewBase',
  'ViewEndpointSecret',
  'ManageEndpointSecret',
  'ManageTransformations',
  'CreateAttempts',
  'ManageEndpoint',
] as const

/** What a portal token may do in its application. */
const CAPABILITIES = [...OF_ENDPOINTS, 'ViewSources', 'ManageSources'] as const

export type Capability = (typeof CAPABILITIES)[number]

/** Of a token that names none: the SDKs' own. What concerns sources is granted by name only. */
export const DEFAULT_CAPABILITIES: readonly Capability[] = OF_ENDPOINTS

export function isCapability(text: unknown): text is Capability {
  return CAPABILITIES.some((capability) => capability === text)
}
