import type { Config } from '@posthorn/providers'

/** The source type whose sources are flows: they receive under their id, not at a URL of their own. */
export const FLOW_TYPE = 'locoia'

export const FLOW_STATUSES = ['draft', 'active', 'paused'] as const
export type FlowStatus = (typeof FLOW_STATUSES)[number]
export const FLOW_MODES = ['async', 'sync'] as const
export type FlowMode = (typeof FLOW_MODES)[number]

export interface FlowSettings {
  readonly status: FlowStatus
  /** What the input is called in templates and in the message. */
  readonly refId: string
  /** `sync`: the caller waits for the result. */
  readonly mode: FlowMode
  readonly statusTemplate: string
  readonly valueTemplate: string
  /** Whose response is the result; null: the first endpoint's that takes the message. */
  readonly resultEndpointId: string | null
}

export const DEFAULT_FLOW: FlowSettings = {
  status: 'active',
  refId: 'web1',
  mode: 'async',
  statusTemplate: '200',
  valueTemplate: '{"success": true}',
  resultEndpointId: null,
}

/** Under this name a template finds the result, so no flow's input is called so. */
export const RESULT_NAME = 'res'

export function toConfig({ resultEndpointId, ...settings }: FlowSettings): Config {
  return { ...settings, ...(resultEndpointId !== null && { resultEndpointId }) }
}

/** What `toConfig` wrote; what isn't there is as it is by default. */
export function flowSettingsOf(config: Config): FlowSettings {
  const text = (name: keyof FlowSettings): string | undefined => {
    const value = config[name]
    return typeof value === 'string' ? value : undefined
  }
  return {
    status: FLOW_STATUSES.find((known) => known === config['status']) ?? DEFAULT_FLOW.status,
    mode: FLOW_MODES.find((known) => known === config['mode']) ?? DEFAULT_FLOW.mode,
    refId: text('refId') ?? DEFAULT_FLOW.refId,
    statusTemplate: text('statusTemplate') ?? DEFAULT_FLOW.statusTemplate,
    valueTemplate: text('valueTemplate') ?? DEFAULT_FLOW.valueTemplate,
    resultEndpointId: text('resultEndpointId') ?? null,
  }
}
