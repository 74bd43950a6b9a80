import type { MessageOut } from '@posthorn/contracts'
import { useState } from 'react'
import { base64Bytes } from './base64-bytes.ts'
import { Button } from './button.tsx'
import { CodeBlock } from './code-block.tsx'
import { formatNumber } from './format-time.ts'
import { JsonPayload } from './json-payload.tsx'
import { Notice } from './notice.tsx'
import { saveFile } from './save-file.ts'
import { TimeAndUtc } from './time.tsx'
import { t } from './words.ts'

const EXPIRED = '{"expired":true}'
/** Longer ones are shown when they are asked for. */
const SHOWN_AT_ONCE = 262_144

/** Then nothing is there to be sent again. Who may not read payloads isn't told: to them none is shown at all. */
export function isExpired(payloadText: string): boolean {
  return payloadText === EXPIRED
}

export interface MessagePayloadProps {
  readonly text: string
  readonly message: MessageOut
  readonly label: string
  readonly expiredText: string
}

export function MessagePayload({ text, message, label, expiredText }: MessagePayloadProps) {
  const [isAsked, setIsAsked] = useState(false)
  if (isExpired(text))
    return (
      <Notice tone="idle" title={label}>
        <p>{expiredText}</p>
        {message.payloadGone != null && <Gone gone={message.payloadGone} />}
      </Notice>
    )
  const { contentType, payloadText, payloadBase64 } = message
  const other = payloadText ?? payloadBase64
  const { length } = other ?? text
  const save = () =>
    payloadBase64 === undefined
      ? saveFile(`${message.id}.${payloadText === undefined ? 'json' : 'txt'}`, other ?? text)
      : saveFile(message.id, base64Bytes(payloadBase64))
  return (
    <section className="card stack stack-small">
      {contentType !== undefined && <p className="small soft">{contentType}</p>}
      {length > SHOWN_AT_ONCE && !isAsked ? (
        <Asked label={label} length={length} onAsk={() => setIsAsked(true)} />
      ) : other === undefined ? (
        <JsonPayload label={label} text={text} />
      ) : (
        <CodeBlock label={label} text={other} />
      )}
      <div>
        <Button size="small" onClick={save}>
          {t('payload.save')}
        </Button>
      </div>
    </section>
  )
}

/** By whose rule it went, and when. */
function Gone({ gone: { rule, at } }: { readonly gone: NonNullable<MessageOut['payloadGone']> }) {
  return (
    <p>
      {t(`payloadGone.${rule}`)}{' '}
      {at !== null && (
        <>
          {t('payloadGone.at')} <TimeAndUtc at={at} />
        </>
      )}
    </p>
  )
}

interface AskedProps {
  readonly label: string
  readonly length: number
  readonly onAsk: () => void
}

function Asked({ label, length, onAsk }: AskedProps) {
  return (
    <>
      <h3>{label}</h3>
      <div>
        <Button onClick={onAsk}>{t('payload.show', { n: formatNumber(length) })}</Button>
      </div>
    </>
  )
}
