export {
  addNoticeAddress,
  changeNotices,
  listNoticeAddresses,
  NOTICE_ADDRESSES_AT_MOST,
  type NoticeAddressInput,
  type NoticeAddressView,
  type NoticeContext,
  removeNoticeAddress,
} from './change-notice-address.ts'
export { evaluateNotices } from './evaluate-notices.ts'
export { confirmByLink, findByLink, unsubscribeByLink } from './follow-link.ts'
export {
  type NoticeContent,
  type NoticedCause,
  type NoticedTrouble,
  readNoticeContent,
} from './notice-content.ts'
export { type Notice, NOTICES } from './notice-kind.ts'
