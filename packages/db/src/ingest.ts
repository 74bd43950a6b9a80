export { type CallLimit, takeCalls, takeOneOfEach } from './hot/take-calls.ts'
export { findReceivedOriginal } from './received-original.ts'
export { markSourcesOfApplicationDeleted } from './source.ts'
export { boundQuarantine } from './source-request.ts'
export {
  findSourcesReceived,
  findWaitingQuarantined,
  hasVerifiedRequest,
  type SourceReceived,
} from './source-received.ts'
export {
  findApplicationByLosantId,
  findEndpointsByChannel,
  findSourceByLosantId,
  listLosantSources,
  type LosantPage,
  type LosantSort,
} from './losant.ts'
export {
  findSourceReplies,
  insertSourceReply,
  isMessageOfSource,
  type SourceReplyRow,
} from './source-reply.ts'
export {
  advanceSchedule,
  type DueTick,
  findDueTicks,
  insertTickRecord,
  setSourceSchedule,
} from './source-schedule.ts'
