import { claimTask, runTaskSlice } from '@posthorn/core'
import { type EndpointBench, setupEndpoints } from './endpoint-setup.ts'

const URL_A = 'https://hooks.example.com/a'
const HOUR_MS = 3_600_000

export const hoursAgo = (hours: number): Date => new Date(Date.now() - hours * HOUR_MS)

export async function endpointWith(bench: EndpointBench, fields: object = {}) {
  const path = await bench.createPath({ url: URL_A, ...fields })
  return { path, endpointId: path.split('/').at(-1) ?? '' }
}

/** A bench whose tasks are the only ones that run. */
export async function setupTasks(): Promise<EndpointBench> {
  const bench = await setupEndpoints()
  await bench.db.hot.query(`UPDATE background_task SET status = 'failed' WHERE status = 'running'`)
  return bench
}

/** As a worker does, which delivers what the task sent on its way. */
export async function runTask(bench: EndpointBench, task: { readonly id: string }): Promise<void> {
  for (;;) {
    const result = await runTaskSlice(bench.core, task)
    if (result === 'ended') return
    if (result === 'resting') await deliverAll(bench)
  }
}

export async function runTasks(bench: EndpointBench): Promise<void> {
  for (;;) {
    const task = await claimTask(bench.core)
    if (task === null) return
    await runTask(bench, task)
  }
}

export async function deliverAll(bench: EndpointBench): Promise<void> {
  await bench.db.hot.query(
    `UPDATE delivery SET status = 'delivered', wait = NULL, next_attempt_at = NULL
      WHERE app_id = $1 AND trigger = 'manual' AND wait IS NOT NULL`,
    [bench.appId],
  )
}

/** The messages of what a task sent on its way. */
export async function sentBy(bench: EndpointBench, task: { id: string }): Promise<string[]> {
  const { rows } = await bench.db.hot.query<{ message_id: string }>(
    `SELECT message_id FROM delivery WHERE task_id = $1 AND trigger = 'manual' ORDER BY message_id`,
    [task.id],
  )
  return rows.map((row) => row.message_id)
}
