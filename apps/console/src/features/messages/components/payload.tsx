import type { MessageOut } from '@posthorn/contracts'
import { CodeBlock, indentJson, Notice } from '@posthorn/ui'
import { useMayAs } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'

const EXPIRED = '{"expired":true}'

/** Then nothing is there to be sent again. A viewer isn't told: to them no payload is shown at all. */
export function isExpired(payloadText: string): boolean {
  return payloadText === EXPIRED
}

export interface PayloadProps {
  readonly text: string
  readonly message: MessageOut
}

export function Payload({ text, message }: PayloadProps) {
  const mayRead = useMayAs('support')
  if (!mayRead)
    return (
      <Notice tone="idle" title={t('messages.payload')}>
        <p>{t('messages.payload.withheld', { role: t('role.support') })}</p>
      </Notice>
    )
  if (isExpired(text))
    return (
      <Notice tone="idle" title={t('messages.payload')}>
        <p>{t('messages.payload.expired')}</p>
      </Notice>
    )
  const { contentType, payloadText, payloadBase64 } = message
  const other = payloadText ?? payloadBase64
  return (
    <section className="card stack stack-small">
      {contentType !== undefined && <p className="small soft">{contentType}</p>}
      {other === undefined ? (
        <CodeBlock label={t('messages.payload')} text={indentJson(text)} original={text} />
      ) : (
        <CodeBlock label={t('messages.payload')} text={other} />
      )}
    </section>
  )
}
