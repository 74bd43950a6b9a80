/** What a portal token may do in its application. */
export const CAPABILITIES = [
  'ViewBase',
  'ViewEndpointSecret',
  'ManageEndpointSecret',
  'ManageTransformations',
  'CreateAttempts',
  'ManageEndpoint',
] as const

export type Capability = (typeof CAPABILITIES)[number]

export function isCapability(text: unknown): text is Capability {
  return CAPABILITIES.some((capability) => capability === text)
}
