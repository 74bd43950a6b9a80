import type { EventTypeImportOpenApiOut } from '@posthorn/contracts'
import { Badge, Button, Empty, type Tone, VisibleText } from '@posthorn/ui'
import { useState } from 'react'
import { ApplyShown } from '../../../components/apply-shown.tsx'
import { ChangeList } from '../../../components/change-list.tsx'
import { FormError } from '../../../components/form-error.tsx'
import { t } from '../../../lib/text.ts'
import { newestOf } from '../latest-schema.ts'
import { BreakingNotice } from './breaking-notice.tsx'

type Plan = EventTypeImportOpenApiOut['data']
type ImportChange = Plan['changes'][number]

export interface ImportPlanProps {
  readonly plan: Plan
  readonly apply: { readonly error: unknown; readonly isPending: boolean }
  readonly onApply: (digest: string) => void
  /** Looks once more. */
  readonly onLook: () => void
}

const PAGE = 100
const TONES: Readonly<Record<ImportChange['kind'], Tone>> = {
  create: 'good',
  update: 'warn',
  archive: 'bad',
}

/** What would change; only exactly this is applied. */
export function ImportPlan({ plan, apply, onApply, onLook }: ImportPlanProps) {
  const { changes } = plan
  const [shown, setShown] = useState(PAGE)
  if (changes.length === 0)
    return (
      <div className="card">
        <Empty title={t('import.same')} />
      </div>
    )
  const count = (kind: ImportChange['kind']) =>
    changes.filter((change) => change.kind === kind).length
  const counts = { create: count('create'), update: count('update'), archive: count('archive') }
  return (
    <section className="card stack" aria-labelledby="import-plan">
      <h2 id="import-plan">{t('import.plan', counts)}</h2>
      <ul className="plan">
        {changes.slice(0, shown).map((change) => (
          <li className="stack stack-small" key={change.name}>
            <div className="row">
              <Badge tone={TONES[change.kind]}>{t(`import.${change.kind}`)}</Badge>
              <strong className="mono">
                <VisibleText text={change.name} />
              </strong>
            </div>
            {change.kind !== 'archive' && (
              <ChangeList changes={change.changes} isNew={change.kind === 'create'} />
            )}
            <BreakingNotice
              before={newestOf(change.changes['schemas']?.from)}
              after={newestOf(change.changes['schemas']?.to)}
            />
          </li>
        ))}
      </ul>
      {shown < changes.length && (
        <div className="row">
          <Button onClick={() => setShown(shown + PAGE)}>{t('list.more')}</Button>
        </div>
      )}
      <FormError error={apply.error} />
      <ApplyShown
        apply={apply}
        label={t('import.apply', { n: changes.length })}
        onApply={() => onApply(plan.digest)}
        onLook={onLook}
      />
    </section>
  )
}
