export {
  findSourcesReceived,
  findWaitingQuarantined,
  type SourceReceived,
} from './source-received.ts'
