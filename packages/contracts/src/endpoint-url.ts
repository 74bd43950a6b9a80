import * as z from 'zod'
import { isLine } from './text.ts'

/**
 * An http or https URL, as written. `URL` drops tabs and outer spaces and takes `\` for `/`, so those are
 * refused here; which addresses and schemes an installation allows is decided where it is known. As long as
 * receivers, and what stands before them, are sure to take.
 */
export const EndpointUrl = z
  .string()
  .min(1)
  .max(2_048)
  .refine(isEndpointUrl, 'Must be an absolute http or https URL')
  .meta({ format: 'uri' })

function isEndpointUrl(text: string): boolean {
  if (!/^https?:\/\/[^/\\?#]/i.test(text) || /[\s\\]/.test(text) || !isLine(text)) return false
  const url = URL.parse(text)
  return url !== null && url.port !== '0'
}
