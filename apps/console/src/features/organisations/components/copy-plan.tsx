import type { OrganisationCopyItem, OrganisationCopyOut } from '@posthorn/contracts'
import { Badge, Empty, Notice, toast, VisibleText } from '@posthorn/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ApplyShown } from '../../../components/apply-shown.tsx'
import { ChangeList } from '../../../components/change-list.tsx'
import { FormError } from '../../../components/form-error.tsx'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'

export interface CopyPlanProps {
  readonly from: string
  readonly plan: OrganisationCopyOut
  /** Looks once more. */
  readonly onLook: () => void
}

/** What would be added and changed; only exactly this is applied. */
export function CopyPlan({ from, plan, onLook }: CopyPlanProps) {
  const apply = useApply(from, plan.digest, onLook)
  const { items, total } = plan
  return (
    <>
      {items.length === 0 ? (
        <div className="card">
          <Empty title={t('copy.same')} />
        </div>
      ) : (
        <section className="card stack" aria-labelledby="copy-plan">
          <h2 id="copy-plan">
            {t('copy.plan', {
              n: total,
              added: count(items, 'add'),
              changed: count(items, 'change'),
            })}
          </h2>
          {total > items.length && (
            <Notice tone="warn" title={t('copy.rounds', { n: items.length })} />
          )}
          <ul className="plan">
            {items.map((item) => (
              <PlanItem key={item.kind + item.name} item={item} />
            ))}
          </ul>
          <FormError error={apply.error} />
          <ApplyShown
            apply={apply}
            label={t('copy.apply', { n: items.length })}
            onApply={() => apply.mutate()}
            onLook={onLook}
          />
        </section>
      )}
      <Untouched plan={plan} />
    </>
  )
}

function useApply(from: string, digest: string | null, onDone: () => void) {
  const transport = useTransport()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () =>
      transport.json<OrganisationCopyOut>({
        method: 'POST',
        path: '/organisation/copy',
        body: { from, digest },
      }),
    onSuccess: async ({ total }) => {
      toast(t('copy.done.n', { n: total }))
      await queries.invalidateQueries({ queryKey: ['/event-type'] })
      onDone()
    },
  })
}

function count(items: readonly OrganisationCopyItem[], change: OrganisationCopyItem['change']) {
  return items.filter((item) => item.change === change).length
}

function PlanItem({ item }: { readonly item: OrganisationCopyItem }) {
  const isNew = item.change === 'add'
  return (
    <li className="stack stack-small">
      <div className="row">
        <Badge tone={isNew ? 'good' : 'warn'}>{t(isNew ? 'copy.add' : 'copy.change')}</Badge>
        <span className="soft small">{t(`copy.kind.${item.kind}`)}</span>
        <strong className="mono">
          <VisibleText text={item.name} />
        </strong>
      </div>
      <ChangeList changes={item.changes} isNew={isNew} />
      {isNew && item.kind === 'operational_webhook' && (
        <p className="small soft">{t('copy.webhook')}</p>
      )}
    </li>
  )
}

function Untouched({ plan: { untouched } }: Pick<CopyPlanProps, 'plan'>) {
  const some = untouched.filter(({ total }) => total > 0)
  if (some.length === 0) return null
  return (
    <section className="card stack stack-small">
      <h2>{t('copy.untouched')}</h2>
      {some.map(({ kind, names, total }) => (
        <p key={kind} className="small">
          {t(`copy.kind.${kind}`)}:{' '}
          <span className="mono">
            <VisibleText text={names.join(', ')} />
          </span>
          {total > names.length && ` ${t('copy.more', { n: total - names.length })}`}
        </p>
      ))}
    </section>
  )
}
