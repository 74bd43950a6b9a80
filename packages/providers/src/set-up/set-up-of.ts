import type { Provider } from '../provider.ts'
import { businessGuides } from './business-guides.ts'
import { messageAndPaymentGuides } from './message-guides.ts'
import { ownGuides } from './own-guides.ts'
import { platformGuides } from './platform-guides.ts'
import { copySecret, copySetting, note, type SetUpStep } from './set-up-step.ts'
import { standardGuides } from './standard-guides.ts'
import { workGuides } from './work-guides.ts'

const guides = new Map(
  Object.entries({
    ...ownGuides,
    ...standardGuides,
    ...platformGuides,
    ...businessGuides,
    ...messageAndPaymentGuides,
    ...workGuides,
  }),
)

/** What to do at the provider: its own guide, else what its row tells. */
export function setUpOf(provider: Provider): readonly SetUpStep[] {
  return guides.get(provider.type) ?? fromRow(provider)
}

/** Step by step, in the words of the provider's pages. */
export function hasGuide(type: string): boolean {
  return guides.has(type)
}

/** True where the provider brings its secret with its first call. */
export function learnsSecret({ handshake }: Provider): boolean {
  return handshake === 'asana-secret' || handshake === 'notion-token'
}

function fromRow(provider: Provider): SetUpStep[] {
  const { key, settings = [], setUp } = provider
  const hasSecret = key.field !== 'none' && !learnsSecret(provider)
  return [
    note(setUp),
    ...(hasSecret ? [copySecret(key.label)] : []),
    ...settings
      .filter(({ required }) => required === true)
      .map(({ name, label }) => copySetting(name, label)),
  ]
}
