import type { QueryValues } from '@posthorn/client'
import { Button, saveFile, toast, useAction } from '@posthorn/ui'
import { describeError } from '../../../components/query-view.tsx'
import { formatCount } from '../../../lib/format-figure.ts'
import { useSession } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { exportAudit, toJsonLines } from '../api/export-audit.ts'

/** What the filters leave, as a file: a record a line. */
export function ExportButton({ filters }: { readonly filters: QueryValues }) {
  const { transport, orgId } = useSession()
  const run = useAction({
    mutationFn: () => exportAudit(transport, filters),
    onSuccess: ({ records, isCut }) => {
      saveFile(`audit-${orgId}.jsonl`, toJsonLines(records))
      const n = records.length
      toast(isCut ? t('audit.exported.cut', { n: formatCount(n) }) : t('audit.exported', { n }))
    },
    onError: (err) => toast(describeError(err)),
  })
  return (
    <Button disabled={run.isPending} onClick={() => run.mutate()}>
      {t('audit.export')}
    </Button>
  )
}
