import type { EventTypeOut } from '@posthorn/contracts'
import { Badge, CodeBlock, VisibleText } from '@posthorn/ui'
import { examplesOf } from '../../../lib/event-types.ts'
import { t } from '../../../lib/text.ts'
import { schemaType } from '../schema-type.ts'
import { EventTypeEndpoints } from './event-type-endpoints.tsx'
import { SchemaProperties } from './schema-properties.tsx'

const EXAMPLES_SHOWN = 5

/** What a message of this type holds, who gets it, and what to write against. */
export function EventTypeDetail({ type }: { readonly type: EventTypeOut }) {
  const schemas = Object.entries(type.schemas ?? {})
  const examples = examplesOf(type).slice(0, EXAMPLES_SHOWN)
  return (
    <article className="stack">
      <div className="row">
        <h2 className="mono">{type.name}</h2>
        {type.deprecated && <Badge tone="warn">{t('eventTypes.deprecated')}</Badge>}
      </div>
      {type.description !== '' && (
        <p>
          <VisibleText text={type.description} />
        </p>
      )}
      <EventTypeEndpoints name={type.name} />
      {examples.map((example, index) => (
        <div className="card" key={index}>
          <CodeBlock
            label={
              examples.length === 1
                ? t('testing.example')
                : t('eventTypes.example', { n: index + 1 })
            }
            text={example}
          />
        </div>
      ))}
      {schemas.length === 0 && <p className="soft">{t('eventTypes.noSchema')}</p>}
      {schemas.map(([version, schema]) => (
        <div className="card stack" key={version}>
          <SchemaProperties schema={schema} />
          <CodeBlock
            label={t('eventTypes.typescript', { version })}
            text={schemaType(type.name, schema)}
          />
          <CodeBlock
            label={t('eventTypes.schema', { version })}
            text={JSON.stringify(schema, null, 2)}
          />
        </div>
      ))}
    </article>
  )
}
