import type { MessageOut } from '@posthorn/contracts'
import { base64Bytes } from './base64-bytes.ts'
import { Button } from './button.tsx'
import { CodeBlock } from './code-block.tsx'
import { indentJson } from './indent-json.ts'
import { Notice } from './notice.tsx'
import { saveFile } from './save-file.ts'
import { t } from './words.ts'

const EXPIRED = '{"expired":true}'

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
  if (isExpired(text))
    return (
      <Notice tone="idle" title={label}>
        <p>{expiredText}</p>
      </Notice>
    )
  const { contentType, payloadText, payloadBase64 } = message
  const other = payloadText ?? payloadBase64
  const save = () =>
    payloadBase64 === undefined
      ? saveFile(`${message.id}.${payloadText === undefined ? 'json' : 'txt'}`, other ?? text)
      : saveFile(message.id, base64Bytes(payloadBase64))
  return (
    <section className="card stack stack-small">
      {contentType !== undefined && <p className="small soft">{contentType}</p>}
      {other === undefined ? (
        <CodeBlock label={label} text={indentJson(text)} original={text} />
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
