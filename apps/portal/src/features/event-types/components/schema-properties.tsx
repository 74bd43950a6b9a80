import { VisibleText } from '@posthorn/ui'
import { t } from '../../../lib/text.ts'

/** The properties of a schema's first level. */
export function SchemaProperties({ schema }: { readonly schema: unknown }) {
  const { properties, required }: { properties?: unknown; required?: unknown } = Object(schema)
  const rows = Object.entries(Object(properties))
  const needed: unknown[] = Array.isArray(required) ? required : []
  if (rows.length === 0) return null
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('eventTypes.property')}</th>
          <th scope="col">{t('eventTypes.type')}</th>
          <th scope="col">{t('form.description')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, property]) => {
          const { type, description }: { type?: unknown; description?: unknown } = Object(property)
          return (
            <tr key={name}>
              <td className="mono">
                <VisibleText text={name} />
                {needed.includes(name) && (
                  <span className="small soft"> {t('eventTypes.required')}</span>
                )}
              </td>
              <td className="mono">{typeText(type)}</td>
              <td>{typeof description === 'string' && <VisibleText text={description} />}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function typeText(type: unknown): string {
  const names = [type].flat().filter((name) => typeof name === 'string')
  return names.length === 0 ? '–' : names.join(' | ')
}
