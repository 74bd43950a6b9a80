import type { AlertOut } from '@posthorn/contracts'
import { Field } from '@posthorn/ui'
import { useState } from 'react'
import { faultOf } from '../../../components/form-error.tsx'
import { TextField } from '../../../components/text-field.tsx'
import { t } from '../../../lib/text.ts'
import { KINDS, type TargetKind } from '../alert-defaults.ts'

type Target = AlertOut['target']

interface TargetFieldsProps {
  readonly target: Target | undefined
  readonly error: unknown
  /** What was said of the one before doesn't hold for another kind. */
  readonly onKind: () => void
}

export function TargetFields({ target, error, onKind }: TargetFieldsProps) {
  const [kind, setKind] = useState<TargetKind>(target?.kind ?? 'email')
  const choose = (next: TargetKind) => {
    setKind(next)
    onKind()
  }
  const fault = faultOf(error, 'target') ?? faultOf(error, 'url')
  return (
    <>
      <fieldset className="stack stack-small">
        <legend className="field-label">{t('alerts.target')}</legend>
        <div className="row">
          {KINDS.map((one) => (
            <label key={one} className="choice">
              <input
                type="radio"
                name="kind"
                value={one}
                checked={kind === one}
                onChange={() => choose(one)}
              />
              {t(`alerts.target.${one}`)}
            </label>
          ))}
        </div>
      </fieldset>
      {kind === 'email' && <Addresses target={target} fault={fault} />}
      {kind === 'slack' && <SlackUrl key="slack" target={target} fault={fault} />}
      {kind === 'webhook' && <Webhook key="webhook" target={target} fault={fault} />}
    </>
  )
}

interface FieldsProps {
  readonly target: Target | undefined
  readonly fault: string | undefined
}

function Addresses({ target, fault }: FieldsProps) {
  const addresses = target?.kind === 'email' ? target.addresses : []
  return (
    <Field label={t('alerts.addresses')} hint={t('alerts.addresses.hint')} error={fault}>
      {(control) => (
        <textarea
          className="input"
          name="addresses"
          rows={3}
          required
          defaultValue={addresses.join('\n')}
          {...control}
        />
      )}
    </Field>
  )
}

/** What it is now can't be shown: it stays when nothing is typed. */
function SlackUrl({ target, fault }: FieldsProps) {
  const isKept = target?.kind === 'slack'
  return (
    <TextField
      label={t('alerts.slack.url')}
      hint={isKept ? t('alerts.slack.keep', { url: target.url }) : t('alerts.slack.hint')}
      name="url"
      type="url"
      autoComplete="off"
      required={!isKept}
      placeholder="https://hooks.slack.com/services/…"
      error={fault}
    />
  )
}

function Webhook({ target, fault }: FieldsProps) {
  const isKept = target?.kind === 'webhook'
  return (
    <>
      <TextField
        label={t('alerts.webhook.url')}
        name="url"
        type="url"
        defaultValue={isKept ? target.url : ''}
        required
        placeholder="https://example.com/alerts"
        error={fault}
      />
      <TextField
        label={t('alerts.webhook.secret')}
        hint={t(isKept ? 'alerts.webhook.secret.keep' : 'alerts.webhook.secret.hint')}
        name="secret"
        autoComplete="off"
        placeholder="whsec_…"
      />
    </>
  )
}
