import type { EndpointUrlCheckOut } from '@posthorn/contracts'
import { Button, Field } from '@posthorn/ui'
import { t } from '../../../lib/text.ts'
import { checkUrl } from '../../../lib/url-rules.ts'
import { useUrlCheck } from '../api/use-url-check.ts'

export interface UrlFieldProps {
  readonly url: string
  /** Of the endpoint that has it already; null: of a new one. */
  readonly endpointId: string | null
  readonly error: string | undefined
  readonly onChange: (url: string) => void
}

/** Judged as it is typed: here by its form, at the server with its host looked up. */
export function UrlField({ url, endpointId, error, onChange }: UrlFieldProps) {
  const { fault, warnings, testReceiverUrl } = useFindings(url, endpointId)
  return (
    <div className="stack stack-small">
      <Field
        label={t('form.url')}
        hint={warnings.length === 0 ? t('form.url.hint') : warnings.join(' ')}
        error={fault ?? error}
      >
        {(control) => (
          <input
            {...control}
            className="input mono"
            type="url"
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            placeholder="https://example.com/webhooks"
            value={url}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
      {testReceiverUrl !== null && testReceiverUrl !== url && (
        <div>
          <Button size="small" onClick={() => onChange(testReceiverUrl)}>
            {t('url.testReceiver')}
          </Button>
        </div>
      )}
    </div>
  )
}

interface Findings {
  readonly fault: string | undefined
  readonly warnings: readonly string[]
  readonly testReceiverUrl: string | null
}

function useFindings(url: string, endpointId: string | null): Findings {
  const finding = checkUrl(url)
  const isMalformed = finding?.kind === 'fault'
  const checked = useUrlCheck(isMalformed ? '' : url.trim(), endpointId)
  if (isMalformed) return { fault: t(finding.key), warnings: [], testReceiverUrl: null }
  const ofForm = finding === null ? [] : [t(finding.key)]
  const { fault, warnings, testReceiverUrl } = checked ?? UNCHECKED
  return {
    fault: fault?.message,
    warnings: [...ofForm, ...warnings.map((name) => t(`url.warning.${name}`))],
    testReceiverUrl,
  }
}

const UNCHECKED: EndpointUrlCheckOut = { fault: null, warnings: [], testReceiverUrl: null }
