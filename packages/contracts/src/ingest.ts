export {
  FlowCreatedOut,
  FlowIn,
  FlowList,
  FlowListQuery,
  FlowOut,
  FlowPatch,
  FlowTokenOut,
} from './flow.ts'
export {
  LosantDeleteQuery,
  LosantSuccess,
  LosantWebhookOut,
  LosantWebhookPatch,
  LosantWebhookPost,
  LosantWebhooks,
  LosantWebhooksQuery,
  SourceReplyIn,
} from './losant.ts'
export {
  INGEST_SOURCE_TYPES,
  IngestEndpointIn,
  IngestEndpointTransformationOut,
  IngestEndpointTransformationPatch,
  IngestEndpointUpsertIn,
  IngestSourceConsumerPortalAccessIn,
  IngestSourceIn,
  IngestSourceList,
  IngestSourceListQuery,
  IngestSourceOut,
  RotateTokenOut,
} from './ingest-source.ts'
export {
  LearnedSecretOut,
  SourceDeleteQuery,
  SourceIn,
  SourceList,
  SourceListQuery,
  SourceOut,
  SourcePatch,
  SourceQuery,
  TriggeredEndpointOut,
  TriggeredEndpointsOut,
} from './own-source.ts'
export { SOURCE_TEST_METHODS, SourceTestIn, SourceTestOut } from './source-test.ts'
export { SetUpStepOut, SourceTypeList, SourceTypeOut, SourceTypeSummaryOut } from './source-type.ts'
export {
  QuarantinedRequestDetailOut,
  QuarantinedRequestList,
  QuarantinedRequestListQuery,
  QuarantinedRequestOut,
  ReleaseAllIn,
  ReleasedManyOut,
  ReleasedOut,
  SourceRequestList,
  SourceRequestListQuery,
  SourceRequestOut,
} from './source.ts'
