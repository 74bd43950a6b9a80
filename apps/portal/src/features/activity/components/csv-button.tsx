import type { QueryValues } from '@posthorn/client'
import { Button, saveFile, toast, useAction } from '@posthorn/ui'
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
    onSuccess: (blob) =>
      saveFile(`activity-${query['by'] ?? 'time'}-${query['period'] ?? 'own'}.csv`, blob),
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
