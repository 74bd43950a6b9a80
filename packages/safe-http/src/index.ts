export { type AddressJudgement, type AddressPolicy, judgeAddress } from './address-rules.ts'
export { type Cidr, parseCidr } from './cidr.ts'
export {
  type HeaderFault,
  type HeaderRule,
  isSensitiveHeader,
  judgeEndpointHeaders,
} from './header-rules.ts'
export type { UrlFault, UrlRule } from './url-fault.ts'
export { type JudgedUrl, judgeEndpointUrl, type UrlPolicy } from './url-rules.ts'
