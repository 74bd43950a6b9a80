import type { RetentionRule } from '@posthorn/contracts'
import { t } from '../../../lib/text.ts'

export function RetentionRules({ rules }: { readonly rules: readonly RetentionRule[] }) {
  return (
    <section className="card stack">
      <h2 id="retention-rules">{t('retention.rules')}</h2>
      <table className="table" aria-labelledby="retention-rules">
        <thead>
          <tr>
            <th>{t('retention.kind')}</th>
            <th>{t('retention.kept')}</th>
            <th>{t('settings.source')}</th>
            <th>{t('retention.appliesTo')}</th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr key={rule.kind}>
              <td>{t(`retention.kind.${rule.kind}`)}</td>
              <td>{keptFor(rule)}</td>
              <td>{t(`source.${rule.source}`)}</td>
              <td>{t(`retention.appliesTo.${rule.appliesTo}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function keptFor({ kind, days }: RetentionRule): string {
  if (days !== null) return t('retention.days', { n: days })
  return t(kind === 'payloads' ? 'retention.asMessage' : 'retention.forEver')
}
