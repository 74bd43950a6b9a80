import type { EnableManyOut } from '@posthorn/contracts'
import { Button, Dialog, Notice } from '@posthorn/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { FormError } from '../../../components/form-error.tsx'
import { formatCount } from '../../../lib/format-figure.ts'
import { Link } from '../../../lib/router.tsx'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'

export interface EnableDialogProps {
  readonly count: number
  readonly selection: { readonly host: string } | { readonly endpointIds: readonly string[] }
  /** Where what they missed is recovered. */
  readonly recover: string
  readonly onClose: () => void
}

export function EnableDialog({ count, selection, recover, onClose }: EnableDialogProps) {
  const enable = useEnable(selection)
  const n = formatCount(count)
  return (
    <Dialog title={t('enable.title', { n })} onClose={onClose}>
      {enable.data === undefined ? (
        <p>{t('enable.text')}</p>
      ) : (
        <Notice tone="good" isAlert title={t('enable.done', { n: formatCount(enable.data) })}>
          <p>{t('enable.done.text')}</p>
        </Notice>
      )}
      <FormError error={enable.error} />
      <div className="row">
        {enable.data === undefined ? (
          <Button kind="primary" disabled={enable.isPending} onClick={() => enable.mutate()}>
            {t('enable.action', { n })}
          </Button>
        ) : (
          <Link className="button" data-kind="primary" to={recover}>
            {t('recover.missed')}
          </Link>
        )}
        <Button onClick={onClose}>
          {t(enable.data === undefined ? 'action.cancel' : 'action.close')}
        </Button>
      </div>
    </Dialog>
  )
}

// A call takes a part: it is repeated as long as it finds more.
const CALLS_AT_MOST = 100
const IDS_AT_ONCE = 200

function useEnable(selection: EnableDialogProps['selection']) {
  const transport = useTransport()
  const queries = useQueryClient()
  const call = (body: object) =>
    transport.json<EnableManyOut>({ method: 'POST', path: '/support/enable', body })
  return useMutation({
    mutationFn: async () => {
      let enabled = 0
      if ('endpointIds' in selection) {
        for (let from = 0; from < selection.endpointIds.length; from += IDS_AT_ONCE) {
          const endpointIds = selection.endpointIds.slice(from, from + IDS_AT_ONCE)
          enabled += (await call({ endpointIds })).enabled
        }
        return enabled
      }
      for (let calls = 0; calls < CALLS_AT_MOST; calls++) {
        const answer = await call(selection)
        enabled += answer.enabled
        if (!answer.hasMore) break
      }
      return enabled
    },
    onSettled: () =>
      Promise.all(
        ['/support/outage', '/support/outage/endpoint', '/support/health-board'].map((path) =>
          queries.invalidateQueries({ queryKey: [path] }),
        ),
      ),
  })
}
