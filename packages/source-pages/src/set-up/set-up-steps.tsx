import type { SetUpStepOut } from '@posthorn/contracts/ingest'
import type { ReactNode } from 'react'
import { useHost } from '../source-host.tsx'
import { t } from '../text.ts'

export interface SetUpStepsProps {
  readonly steps: readonly SetUpStepOut[]
  /** Null: there is no source yet. */
  readonly url: string | null
  /** What was made up in this tab; null: not known here. */
  readonly secret?: string | null
  /** What the provider brought, to be entered there. */
  readonly learned?: ReactNode
}

/** What to do in which of the provider's pages. The pages' own words stand in quotes, whatever language is spoken. */
export function SetUpSteps({ steps, url, secret = null, learned }: SetUpStepsProps) {
  return (
    <ol className="set-up-steps">
      {steps.map((step, index) => (
        <li key={index}>
          <Sentence step={step} url={url} />
          {step.do === 'paste_url' && url !== null && <Copied what={t('url')} text={url} />}
          {step.do === 'run' && url !== null && <CopyCall text={withUrl(step.text, url)} />}
          {step.do === 'enter_learned' && learned}
          {step.do === 'make_secret' && secret !== null && (
            <Copied what={t('secret')} text={secret} />
          )}
        </li>
      ))}
    </ol>
  )
}

function withUrl(text: string, url: string | null): string {
  return text.replaceAll('{url}', url ?? t('setUp.itsUrl'))
}

function CopyCall({ text }: { readonly text: string }) {
  const { CopyButton } = useHost()
  return (
    <div>
      <CopyButton what={t('setUp.call')} text={() => text} />
    </div>
  )
}

function Sentence({ step, url }: { readonly step: SetUpStepOut; readonly url: string | null }) {
  const text = withUrl(step.text, url)
  if (step.do === 'note') return <span lang="en">{text}</span>
  if (step.do === 'run') return <code className="mono">{text}</code>
  return (
    <>
      {t(`setUp.${step.do}`)} <Named text={text} />
      {step.value !== null && (
        <>
          : <Named text={step.value} />
        </>
      )}
    </>
  )
}

function Named({ text }: { readonly text: string }) {
  return <strong lang="en">{text}</strong>
}

function Copied({ what, text }: { readonly what: string; readonly text: string }) {
  const { CopyButton } = useHost()
  return (
    <div className="row">
      <code className="mono source-url">{text}</code>
      <CopyButton what={what} text={() => text} />
    </div>
  )
}
