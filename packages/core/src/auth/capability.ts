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

const READ_ONLY: readonly Capability[] = ['ViewBase']

/** What to put into a token: all when nothing is said; `readOnly` never adds anything. */
export function grantCapabilities(asked: {
  readonly capabilities: readonly Capability[] | null
  readonly readOnly: boolean
}): readonly Capability[] {
  const all = asked.capabilities ?? CAPABILITIES
  return asked.readOnly ? all.filter((capability) => READ_ONLY.includes(capability)) : all
}

export function isCapability(text: unknown): text is Capability {
  return CAPABILITIES.some((capability) => capability === text)
}
