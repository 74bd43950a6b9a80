import { Button, Field } from '@posthorn/ui'
import { useState } from 'react'
import { t } from '../../../lib/text.ts'

export type Payload = Readonly<Record<string, unknown>>

export interface PayloadEditorProps {
  readonly example: string
  /** The catalog has it: what isn't changed needn't be sent along. */
  readonly isKnown: boolean
  readonly isSending: boolean
  /** The endpoint is: nothing can be sent to it. */
  readonly isDisabled: boolean
  /** Null: the example as the catalog has it. */
  readonly onSend: (payload: Payload | null) => void
}

/** The example, to be sent as it is or changed; what is no JSON object says where it goes wrong. */
export function PayloadEditor({ example, isKnown, ...sending }: PayloadEditorProps) {
  const { isSending, isDisabled, onSend } = sending
  const [text, setText] = useState(example)
  const { payload, fault } = readPayload(text)
  const isChanged = text !== example
  return (
    <>
      <Field label={t('testing.payload')} error={fault ?? undefined}>
        {(control) => (
          <textarea
            {...control}
            className="input mono payload-editor"
            spellCheck={false}
            autoComplete="off"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <div className="row">
        <Button
          size="small"
          disabled={payload === null}
          onClick={() => setText(JSON.stringify(payload, null, 2))}
        >
          {t('testing.format')}
        </Button>
        <Button size="small" disabled={!isChanged} onClick={() => setText(example)}>
          {t('testing.reset')}
        </Button>
      </div>
      {isDisabled && <p className="field-error">{t('testing.disabled')}</p>}
      <div>
        <Button
          kind="primary"
          disabled={payload === null || isDisabled || isSending}
          onClick={() => onSend(isChanged || !isKnown ? payload : null)}
        >
          {t('testing.send')}
        </Button>
      </div>
    </>
  )
}

interface ReadPayload {
  readonly payload: Payload | null
  readonly fault: string | null
}

function readPayload(text: string): ReadPayload {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value)
      ? { payload: value, fault: null }
      : { payload: null, fault: t('testing.noObject') }
  } catch (err) {
    const detail = err instanceof Error ? err.message : ''
    return { payload: null, fault: t('testing.noJson', { detail }) }
  }
}

function isObject(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
