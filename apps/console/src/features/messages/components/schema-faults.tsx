import type { MessageOut } from '@posthorn/contracts'
import { Notice, VisibleText } from '@posthorn/ui'
import { t } from '../../../lib/text.ts'

/** Where a payload that was taken all the same isn't as its event type says. */
export function SchemaFaults({ faults }: { readonly faults: MessageOut['schemaErrors'] }) {
  if (faults === null || faults.length === 0) return null
  return (
    <Notice tone="warn" title={t('messages.schemaErrors')}>
      <ul className="changes small">
        {faults.map(({ path, message }) => (
          <li key={path + message}>
            <code className="mono">
              <VisibleText text={path === '' ? '/' : path} />
            </code>{' '}
            <VisibleText text={message} />
          </li>
        ))}
      </ul>
    </Notice>
  )
}
