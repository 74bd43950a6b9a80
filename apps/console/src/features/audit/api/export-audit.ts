import type { QueryValues, Transport } from '@posthorn/client'
import type { AuditRecordList, AuditRecordOut } from '@posthorn/contracts'

const PAGE = 250
const REQUESTS_AT_MOST = 100

export interface AuditExport {
  readonly records: readonly AuditRecordOut[]
  /** Older ones were not asked for any more. */
  readonly isCut: boolean
}

/** All that matches, page after page, up to 25,000 records. */
export async function exportAudit(
  transport: Transport,
  filters: QueryValues,
): Promise<AuditExport> {
  const records: AuditRecordOut[] = []
  let iterator: string | undefined
  for (let asked = 0; asked < REQUESTS_AT_MOST; asked++) {
    const query = { ...filters, limit: PAGE, iterator }
    const page = await transport.json<AuditRecordList>({ path: '/audit', query })
    records.push(...page.data)
    if (page.done || page.iterator === null) return { records, isCut: false }
    iterator = page.iterator
  }
  return { records, isCut: true }
}

/** One record a line, as the API answers them. */
export function toJsonLines(records: readonly AuditRecordOut[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('')
}
