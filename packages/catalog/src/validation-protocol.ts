import type { SchemaFault } from './schema-rules.ts'

/** What goes to the worker. `schema` comes along only when the worker does not hold it. */
export type ValidationTask =
  | { kind: 'check'; seq: number; schema: unknown }
  | { kind: 'validate'; seq: number; cacheKey: string; schema?: unknown; payloadText: string }

export interface ValidationBatch {
  /** Compiled schemas to let go of: the caller decides, so both sides always agree on what is held. */
  forget: string[]
  tasks: ValidationTask[]
}

export interface TaskResult {
  seq: number
  /** Null when the schema cannot be compiled or its evaluation failed; then `reason` says why. */
  faults: SchemaFault[] | null
  reason?: 'invalid_schema' | 'failed'
}

/** The worker writes the number of the task at hand here, so that a stuck one can be told. */
export interface ValidationWorkerData {
  current: Int32Array<SharedArrayBuffer>
}

export const NO_TASK = 0
