import { parentPort, workerData } from 'node:worker_threads'
import { type CompiledSchema, SchemaCompiler } from './schema-compiler.ts'
import type {
  TaskResult,
  ValidationBatch,
  ValidationTask,
  ValidationWorkerData,
} from './validation-protocol.ts'
import { NO_TASK } from './validation-protocol.ts'

// Results are gathered, because a message between threads costs more than a small validation.
const FLUSH_AFTER_MS = 4

const { current }: ValidationWorkerData = workerData
const compiler = new SchemaCompiler()
const held = new Map<string, CompiledSchema>()
// Draft 7 itself is compiled here, not within the time of the first schema that comes.
compiler.warmUp()

parentPort?.on('message', (batch: ValidationBatch) => {
  for (const cacheKey of batch.forget) forget(cacheKey)
  let results: TaskResult[] = []
  let flushedAt = performance.now()
  for (const task of batch.tasks) {
    Atomics.store(current, 0, task.seq)
    results.push(run(task))
    if (performance.now() - flushedAt < FLUSH_AFTER_MS) continue
    parentPort?.postMessage(results)
    results = []
    flushedAt = performance.now()
  }
  Atomics.store(current, 0, NO_TASK)
  parentPort?.postMessage(results)
})

function run(task: ValidationTask): TaskResult {
  const { seq } = task
  if (task.kind === 'check') return { seq, faults: compiler.checkSchema(task.schema) }
  const compiled = compiledOf(task.cacheKey, task.schema)
  if (compiled === undefined) return { seq, faults: null, reason: 'invalid_schema' }
  try {
    return { seq, faults: compiled.validate(task.payloadText) }
  } catch (err) {
    // A recursion without end runs out of stack; anything else is a schema that cannot be compiled.
    const reason = err instanceof RangeError ? 'failed' : 'invalid_schema'
    return { seq, faults: null, reason }
  }
}

function compiledOf(cacheKey: string, schema: unknown): CompiledSchema | undefined {
  const known = held.get(cacheKey)
  if (known !== undefined || schema === undefined) return known
  try {
    const compiled = compiler.compile(schema)
    held.set(cacheKey, compiled)
    return compiled
  } catch {
    return undefined
  }
}

function forget(cacheKey: string): void {
  held.get(cacheKey)?.[Symbol.dispose]()
  held.delete(cacheKey)
}
