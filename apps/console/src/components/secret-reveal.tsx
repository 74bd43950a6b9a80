import type { EndpointSecretOut } from '@posthorn/contracts'
import { Button, toast } from '@posthorn/ui'
import { type ReactNode, useEffect, useState } from 'react'
import { useTransport } from '../lib/session.tsx'
import { t } from '../lib/text.ts'
import { CopyButton } from './copy-button.tsx'
import { describeError } from './query-view.tsx'

export interface SecretRevealProps {
  readonly title: string
  /** Where the api tells it; each time is on the record. */
  readonly path: string
  readonly hint: string
  /** More that can be done with it. */
  readonly children?: ReactNode
}

const HIDDEN_AFTER_MS = 60_000
const HIDDEN = 'whsec_••••••••••••••••••••••••'

export function SecretReveal({ title, path, hint, children }: SecretRevealProps) {
  const transport = useTransport()
  const [secret, setSecret] = useState<string | null>(null)
  useEffect(() => {
    if (secret === null) return
    const timer = setTimeout(() => setSecret(null), HIDDEN_AFTER_MS)
    return () => clearTimeout(timer)
  }, [secret])
  const read = async () => (await transport.json<EndpointSecretOut>({ path })).key
  const toggle = async () => {
    try {
      setSecret(secret === null ? await read() : null)
    } catch (err) {
      toast(describeError(err))
    }
  }
  return (
    <section className="card stack stack-small">
      <h2>{title}</h2>
      <p className="mono secret">{secret ?? HIDDEN}</p>
      <div className="row">
        <Button size="small" onClick={() => void toggle()}>
          {t(secret === null ? 'secret.reveal' : 'secret.hide')}
        </Button>
        <CopyButton what={title} text={read} />
        {children}
      </div>
      <p className="small soft">{hint}</p>
    </section>
  )
}
