export { type Database, type DatabaseOptions, inTransaction, openDatabase, type Transaction } from './database.ts'
export {
  isMigrated,
  migrate,
  MigrationChangedError,
  type MigrationResult,
  SchemaTooNewError,
} from './migrate.ts'
export { dropPartitions, ensurePartitions, listPartitions, PARTITIONED_TABLES } from './partitions.ts'
