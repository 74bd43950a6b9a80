import type { QueryValues } from '@posthorn/client'
import { Button, toast, useAction } from '@posthorn/ui'
import { describeError } from '../../../components/query-view.tsx'
import { useClient } from '../../../lib/client.tsx'
import { t } from '../../../lib/text.ts'

export interface CsvButtonProps {
  readonly query: QueryValues
  /** Of what it is, where a page has several. */
  readonly what: string
}

/** What is shown, as a file for a spreadsheet. */
export function CsvButton({ query, what }: CsvButtonProps) {
  const client = useClient()
  const download = useAction({
    mutationFn: () => client.traffic.csv(query),
    onSuccess: (blob) => save(`activity-${query['by'] ?? 'time'}-${query['period']}.csv`, blob),
    onError: (err) => toast(describeError(err)),
  })
  return (
    <Button
      size="small"
      aria-label={t('activity.csv.of', { what })}
      disabled={download.isPending}
      onClick={() => download.mutate()}
    >
      {t('activity.csv')}
    </Button>
  )
}

const KEPT_MS = 60_000

function save(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Some browsers begin to read it only after the click.
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS)
}
