import type { DoneBy as DoneByOut } from '@posthorn/contracts'
import type { DoneBy } from '@posthorn/core'

export function presentDoneBy(by: DoneBy | null): DoneByOut | null {
  return by === null ? null : { kind: by.kind, name: by.name }
}
