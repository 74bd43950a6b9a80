export { type ApiConfig, loadApiConfig } from './config.ts'
export { type ApiStartOptions, type RunningApi, startApi } from './start-api.ts'
