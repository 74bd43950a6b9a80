import type { Provider } from './provider.ts'
import { cloudAndIdentityProviders } from './rows/cloud-and-identity.ts'
import { codeAndOperationsProviders } from './rows/code-and-operations.ts'
import { commerceProviders } from './rows/commerce.ts'
import { emailAndSupportProviders } from './rows/email-and-support.ts'
import { marketingAndDataProviders } from './rows/marketing-and-data.ts'
import { messagingProviders } from './rows/messaging.ts'
import { ownProviders } from './rows/own.ts'
import { paymentByKeyProviders } from './rows/payments-by-key.ts'
import { paymentProviders } from './rows/payments.ts'
import { socialAndDeviceProviders } from './rows/social-and-devices.ts'
import { standardWebhooksProviders } from './rows/standard-webhooks.ts'
import { workAndDocumentProviders } from './rows/work-and-documents.ts'

/** Every provider, in the order in which a person would look for one. */
export const providers: readonly Provider[] = [
  ...ownProviders,
  ...standardWebhooksProviders,
  ...codeAndOperationsProviders,
  ...paymentProviders,
  ...paymentByKeyProviders,
  ...commerceProviders,
  ...messagingProviders,
  ...emailAndSupportProviders,
  ...socialAndDeviceProviders,
  ...workAndDocumentProviders,
  ...marketingAndDataProviders,
  ...cloudAndIdentityProviders,
]

const byType = new Map(providers.map((provider) => [provider.type, provider]))

export function findProvider(type: string): Provider | null {
  return byType.get(type) ?? null
}
