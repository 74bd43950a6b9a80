import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A process that can't be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  pid: number
  /** When it began, in whatever form the system gives. */
  began: string
}

export function identifyProcess(pid: number): ProcessIdentity | null {
  const began = process.platform === 'linux' ? beganByProc(pid) : beganByPs(pid)
  return began === null ? null : { pid, began }
}

/** Whether that very process still runs; a zombie doesn't. */
export function isAlive({ pid, began }: ProcessIdentity): boolean {
  return identifyProcess(pid)?.began === began
}

const STATE_FIELD = 0
const START_TIME_FIELD = 19

// The fields after the name, which stands in brackets and may hold anything: `pid (name) state …`.
function beganByProc(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[STATE_FIELD] === 'Z' ? null : (fields[START_TIME_FIELD] ?? null)
  } catch {
    return null
  }
}

function beganByPs(pid: number): string | null {
  try {
    const line = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
    })
    return line.startsWith('Z') ? null : line.trim().replace(/^\S+\s+/, '')
  } catch {
    return null
  }
}
