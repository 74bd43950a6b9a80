import { readFileSync, readdirSync } from 'node:fs'

/** Root process ids by role; a role's children count with it (Postgres, Redis while it rewrites its log). */
export type Roles = Record<string, readonly number[]>

export type CpuSample = Record<string, number>

// USER_HZ: what /proc/<pid>/stat counts in, 100 on every Linux that Node supports.
const MS_PER_TICK = 10

type Process = { pid: number; parent: number; ownTicks: number; reapedTicks: number }

/** CPU in ms that each role has used since it started, ended children of a root included. */
export function sampleCpu(roles: Roles): CpuSample {
  const processes = readProcesses()
  return Object.fromEntries(
    Object.entries(roles).map(([role, roots]) => [role, treeMs(processes, roots)]),
  )
}

export function cpuBetween(before: CpuSample, after: CpuSample): CpuSample {
  return Object.fromEntries(
    Object.entries(after).map(([role, ms]) => [role, Math.max(ms - (before[role] ?? 0), 0)]),
  )
}

export function totalOf(sample: CpuSample): number {
  return sum(Object.values(sample))
}

/** CPU in ms that the whole machine has used since it started, what its host took from it included. */
export function sampleMachine(): number {
  // Of proc(5) stat: user, nice, system, idle, iowait, irq, softirq, steal; guest time is in user already.
  const fields = (readText('/proc/stat')?.split('\n')[0] ?? '').split(/\s+/).slice(1, 9).map(Number)
  return sum(fields.filter((_, index) => index !== 3 && index !== 4)) * MS_PER_TICK
}

/** The parent of a process, or null where it does not run on this machine. */
export function parentPid(pid: number): number | null {
  return readProcess(pid)?.parent ?? null
}

export function commandOf(pid: number): string | null {
  return readText(`/proc/${pid}/comm`)?.trim() ?? null
}

function treeMs(processes: readonly Process[], roots: readonly number[]): number {
  const tree = new Set(roots)
  // A set may grow while it is walked: the children of children follow.
  for (const pid of tree) {
    for (const process of processes) if (process.parent === pid) tree.add(process.pid)
  }
  const members = processes.filter(({ pid }) => tree.has(pid))
  return sum(members.map((process) => process.ownTicks + process.reapedTicks)) * MS_PER_TICK
}

function readProcesses(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readProcess(Number(name)))
    .filter((process) => process !== null)
}

// Fields 4, 14 to 17 of proc(5) stat, counted after the command, which may itself hold spaces and brackets.
function readProcess(pid: number): Process | null {
  const stat = readText(`/proc/${pid}/stat`)
  if (stat === null) return null
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const field = (number: number) => Number(fields[number - 3] ?? 0)
  return {
    pid,
    parent: field(4),
    ownTicks: field(14) + field(15),
    reapedTicks: field(16) + field(17),
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
