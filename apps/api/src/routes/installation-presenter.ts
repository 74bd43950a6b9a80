import type {
  InstallationSettingOut,
  RetentionOut,
  RetentionPreviewOut,
  RetentionRule,
  RetentionWeekOut,
  SettingSource,
} from '@posthorn/contracts'
import { DEFAULT_QUARANTINE } from '@posthorn/core/ingest'
import { dropsAtMs, type Retention, type RetentionPreview } from '@posthorn/core/staff'
import type { StoredWeek } from '@posthorn/db/staff'
import type { InstallationConfig } from '../installation/installation-config.ts'

/** What was chosen in the console goes before the environment. */
export function presentSettings(
  settings: InstallationConfig['settings'],
  chosenDays: number | null,
): InstallationSettingOut[] {
  return settings.map((setting) =>
    setting.name === 'retentionDays' && chosenDays !== null
      ? { ...setting, value: `${chosenDays}`, source: 'console' }
      : setting,
  )
}

export function presentRetention(
  retention: Retention,
  config: Pick<InstallationConfig, 'retentionDays' | 'isRetentionDefault'>,
): RetentionOut {
  const { days, chosenDays, changedBy, changedAt, weeks, othersOrganisations } = retention
  const given: SettingSource = config.isRetentionDefault ? 'default' : 'environment'
  const source = chosenDays === null ? given : 'console'
  return {
    days,
    source,
    environmentDays: config.retentionDays,
    changedBy,
    changedAt: changedAt?.toISOString() ?? null,
    rules: rulesOf(days, source),
    weeks: weeks.map((week) => presentWeek(week, days)),
    totalBytes: sum(weeks.map(bytesOf)),
    mayChange: othersOrganisations === 0,
    othersOrganisations,
  }
}

function rulesOf(days: number, source: SettingSource): RetentionRule[] {
  const byWeek = { days, source, appliesTo: 'installation' } as const
  return [
    { kind: 'messages', ...byWeek },
    { kind: 'attempts', ...byWeek },
    { kind: 'source_requests', ...byWeek },
    { kind: 'payloads', days: null, source: 'publish', appliesTo: 'message' },
    {
      kind: 'quarantine',
      days: DEFAULT_QUARANTINE.quarantineDays,
      source: 'default',
      appliesTo: 'source',
    },
    { kind: 'audit', days: null, source: 'default', appliesTo: 'organisation' },
  ]
}

function presentWeek(week: StoredWeek, days: number): RetentionWeekOut {
  const { message, delivery, attempt, source_request: sourceRequests } = week.bytes
  return {
    startsAt: new Date(week.startsAtMs).toISOString(),
    endsAt: new Date(week.endsAtMs).toISOString(),
    dropsAt: new Date(dropsAtMs(week, days)).toISOString(),
    bytes: { messages: message, deliveries: delivery, attempts: attempt, sourceRequests },
    messages: week.messages,
  }
}

export function presentPreview(preview: RetentionPreview): RetentionPreviewOut {
  const { days, currentDays, dropsBefore, weeks } = preview
  const counts = weeks.map((week) => week.messages)
  return {
    days,
    currentDays,
    isLower: days < currentDays,
    dropsBefore: dropsBefore.toISOString().slice(0, 10),
    weeks: weeks.length,
    bytes: sum(weeks.map(bytesOf)),
    messages: counts.includes(null) ? null : sum(counts.map((count) => count ?? 0)),
  }
}

function bytesOf(week: StoredWeek): number {
  return sum(Object.values(week.bytes))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
