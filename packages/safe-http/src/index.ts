export { type AddressJudgement, type AddressPolicy, judgeAddress } from './address-rules.ts'
export { type Cidr, isInCidr, parseCidr } from './cidr.ts'
export { clientAddress, networkOf } from './client-address.ts'
export { parseIpAddress } from './ip-address.ts'
export {
  createSafeClient,
  type SafeClient,
  type SafeClientOptions,
  type SafeRequest,
} from './client.ts'
export { type HeaderFault, type HeaderRule, judgeEndpointHeaders } from './header-rules.ts'
export type { NameResolverOptions } from './name-resolver.ts'
export {
  createPinnedFetcher,
  type PinnedFetcher,
  type PinnedFetcherOptions,
  type PinnedRequest,
} from './pinned-fetcher.ts'
export {
  hostsSetting,
  type Refusals,
  refusalsOf,
  subnetsSetting,
  urlPolicyOf,
} from './network-settings.ts'
export type {
  FailureCause,
  ResponseNotice,
  SendFailure,
  SendFailureCode,
  SendPhase,
  SendResponse,
  SendResult,
  SendTiming,
} from './send-result.ts'
export { type CheckedUrl, UrlChecker, type UrlLookup } from './url-checker.ts'
export type { UrlFault, UrlRule } from './url-fault.ts'
export { type JudgedUrl, judgeEndpointUrl, type UrlPolicy } from './url-rules.ts'
