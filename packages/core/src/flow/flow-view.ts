import type { SourceView } from '../source/source-view.ts'
import { type FlowSettings, flowSettingsOf } from './flow-settings.ts'

/** A flow as its owner sees it, without its token. */
export interface FlowView extends FlowSettings {
  readonly id: string
  readonly appId: string
  readonly uid: string | null
  readonly name: string
  /** False: whoever knows the URL can run it. */
  readonly tokenRequired: boolean
  readonly createdAt: Date
  readonly updatedAt: Date
}

export function viewFlow(source: Omit<SourceView, 'token'>): FlowView {
  const { id, appId, uid, name, createdAt, updatedAt, config, options } = source
  const settings = flowSettingsOf(config)
  const tokenRequired = !options.noVerification
  return { id, appId, uid, name, createdAt, updatedAt, tokenRequired, ...settings }
}
