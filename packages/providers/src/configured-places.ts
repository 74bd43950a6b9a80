import { type Config, setting } from './config.ts'
import type { Place } from './place.ts'
import type { Provider } from './provider.ts'

// `key` takes a pattern, which a stranger could make slow; it stays with the rows.
const configurable =
  /^(?:(?:header|json|form|form-json|query|claim|fixed|hash) [^\s+]{1,200}(?: \+ |$))+$/

/** True for a place that a source's owner may write, as `json data.id` or `header X-Id`. */
export function isConfigurablePlace(text: string): text is Place {
  return text.length <= 500 && configurable.test(text) && !text.endsWith('+ ')
}

/** The row's places, or the ones that the source's owner chose with `eventTypeFrom`, `deliveryIdFrom`. */
export function placesOf(provider: Provider, config: Config) {
  return {
    eventTypes: chosen(config, 'eventTypeFrom') ?? provider.eventType ?? [],
    deliveryIds: chosen(config, 'deliveryIdFrom') ?? provider.deliveryId ?? [],
  }
}

function chosen(config: Config, name: string): Place[] | undefined {
  const text = setting(config, name)
  return text !== undefined && isConfigurablePlace(text) ? [text] : undefined
}
