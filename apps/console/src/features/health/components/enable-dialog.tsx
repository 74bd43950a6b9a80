import type { EnableManyOut } from '@posthorn/contracts'
import { Button, Dialog, Notice } from '@posthorn/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { FormError } from '../../../components/form-error.tsx'
import { formatCount } from '../../../lib/format-figure.ts'
import { Link } from '../../../lib/router.tsx'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'

/** As it was when the dialog was opened: what is enabled leaves the lists behind it. */
export interface Enabling {
  readonly endpointIds: readonly string[]
  /** Where what they missed is recovered. */
  readonly recover: string
}

export interface EnableDialogProps extends Enabling {
  readonly onClose: () => void
}

export function EnableDialog({ endpointIds, recover, onClose }: EnableDialogProps) {
  const enable = useEnable(endpointIds)
  const n = formatCount(endpointIds.length)
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

const IDS_AT_ONCE = 200
const LISTS = ['/support/outage', '/support/outage/endpoint', '/support/health-board']

function useEnable(endpointIds: readonly string[]) {
  const transport = useTransport()
  const queries = useQueryClient()
  const enablePart = (part: readonly string[]) => {
    const body = { endpointIds: part }
    return transport.json<EnableManyOut>({ method: 'POST', path: '/support/enable', body })
  }
  return useMutation({
    mutationFn: async () => {
      let enabled = 0
      for (let from = 0; from < endpointIds.length; from += IDS_AT_ONCE)
        enabled += (await enablePart(endpointIds.slice(from, from + IDS_AT_ONCE))).enabled
      return enabled
    },
    onSettled: () =>
      Promise.all(LISTS.map((path) => queries.invalidateQueries({ queryKey: [path] }))),
  })
}
