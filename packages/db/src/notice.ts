/** Whom customers want told by e-mail, and what they are told. */
export {
  deleteNoticeAddress,
  deleteNoticeAddressesOf,
  deleteUnconfirmed,
  findNoticeAddress,
  findNoticeAddressByToken,
  insertNoticeAddress,
  type LinkedNoticeAddress,
  listNoticeAddresses,
  listTellableAddresses,
  lockNoticeAddress,
  type NoticeAddressRow,
  updateNoticeAddress,
} from './notice-address.ts'
export {
  type ClaimedNoticeMail,
  claimNoticeMails,
  deletePendingConfirmation,
  insertNoticeMail,
  settleNoticeMail,
} from './notice-mail.ts'
export {
  findLastFailures,
  type LastFailure,
  listNoticedEndpoints,
  type NoticedEndpoint,
} from './notice-trouble.ts'
