import type { MessageOut } from '@posthorn/contracts'
import { MessagePayload, Notice } from '@posthorn/ui'
import { useMayAs } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'

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
  const texts = { label: t('messages.payload'), expiredText: t('messages.payload.expired') }
  return <MessagePayload text={text} message={message} {...texts} />
}
