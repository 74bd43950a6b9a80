import type { EndpointTarget, TaskRow } from '@posthorn/db'
import { fractionOfWindow } from './task-input.ts'

/** An endpoint that isn't finished, and the last of its messages dealt with. */
export type Unfinished = readonly [target: string, cursor: string | null]

/** How far a task over many endpoints got. Of a host's or an application's endpoints it holds a batch at a time. */
export interface ManyProgress {
  readonly unfinished: readonly Unfinished[]
  readonly finished: number
  /** The last endpoint taken in; null: none yet. */
  readonly after: string | null
  /** No endpoint is left to be taken in. */
  readonly isAll: boolean
}

/** Where a task finds its endpoints, as `recoverMany` wrote it. */
export interface ManyInput {
  /** All of them, if they were named one by one. */
  readonly targets?: readonly string[]
  readonly selection?: string
  /** The only applications whose endpoints are of it: whoever started it was limited to them. */
  readonly appIds?: readonly string[]
  /** As many as there were; disabled ones too, if they weren't named. */
  readonly found?: number
  /** Made later, they are not of the task. */
  readonly before?: string
  readonly perSecond?: number | null
  /** Who let it send more than one person may alone. */
  readonly approvedBy?: string
}

export function readManyInput({ input }: Pick<TaskRow, 'input'>): ManyInput {
  return Object(input) as ManyInput
}

export function targetText({ appId, id }: Pick<EndpointTarget, 'appId' | 'id'>): string {
  return `${appId}/${id}`
}

export function isOverMany(task: Pick<TaskRow, 'endpointId' | 'input'>): boolean {
  return task.endpointId === null && readManyInput(task).selection !== undefined
}

export function readManyProgress(task: Pick<TaskRow, 'input' | 'cursor'>): ManyProgress {
  const { targets } = readManyInput(task)
  if (task.cursor === null) {
    const unfinished = (targets ?? []).map((target) => [target, null] as const)
    return { unfinished, finished: 0, after: null, isAll: targets !== undefined }
  }
  const written: unknown = JSON.parse(task.cursor)
  return Array.isArray(written)
    ? readPlaces(written as Place[], targets ?? [])
    : (written as ManyProgress)
}

/** Pure. */
export function fractionOfMany(task: Pick<TaskRow, 'input' | 'cursor'>): number {
  const { unfinished, finished } = readManyProgress(task)
  const { targets, found } = readManyInput(task)
  const all = targets?.length ?? found ?? 0
  const parts = unfinished.map(([, cursor]) => fractionOfWindow(task.input, cursor))
  const got = parts.reduce((sum, part) => sum + part, finished)
  return all === 0 ? 0 : Math.min(1, got / all)
}

/** A place among the targets and a cursor: how tasks that began before batches did keep it. */
type Place = readonly [index: number, cursor: string | null]

function readPlaces(places: readonly Place[], targets: readonly string[]): ManyProgress {
  return {
    unfinished: places.map(([index, cursor]) => [targets[index] ?? '', cursor] as const),
    finished: targets.length - places.length,
    after: null,
    isAll: true,
  }
}
