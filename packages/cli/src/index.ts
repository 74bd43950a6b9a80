export { type CliConfig, loadCliConfig } from './config.ts'
