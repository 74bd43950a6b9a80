export { type IngestConfig, loadIngestConfig } from './config.ts'
export { type IngestStartOptions, type RunningIngest, startIngest } from './start-ingest.ts'
