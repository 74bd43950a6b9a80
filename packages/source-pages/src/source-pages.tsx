import { currentLocale, useLocale } from '@posthorn/ui'
import { type ReactNode, useEffect, useState } from 'react'
import { AddHeading } from './add/add-heading.tsx'
import { AddSource } from './add/add-source.tsx'
import { SourceTypePicker } from './add/source-type-picker.tsx'
import { SourceDetail } from './detail/source-detail.tsx'
import { SourceList } from './list/source-list.tsx'
import { MadeSecretsProvider } from './parts/made-secrets.tsx'
import { RequestDetail } from './requests/request-detail.tsx'
import { type SourceHost, SourceHostContext, useHost } from './source-host.tsx'
import { chooseLocale } from './text.ts'

export interface SourcePagesProps {
  readonly host: SourceHost
  /** Of the path, behind `sources`. */
  readonly parts: readonly string[]
  /** Until there are words of their own. */
  readonly loading: ReactNode
}

/** Whether these pages have words in the page's language: from then on they change along with the app's. */
let isSpoken = currentLocale() === 'en'

/** Sources as portal and console show them, from the list to one request. */
export function SourcePages({ host, parts, loading }: SourcePagesProps) {
  const locale = useLocale()
  const [isReady, setIsReady] = useState(isSpoken)
  useEffect(() => {
    if (isReady) return
    let isCurrent = true
    void chooseLocale(locale).then(() => {
      isSpoken = true
      if (isCurrent) setIsReady(true)
    })
    return () => {
      isCurrent = false
    }
  }, [isReady, locale])
  if (!isReady) return loading
  return (
    <SourceHostContext value={host}>
      <MadeSecretsProvider>
        <Page key={locale} parts={parts} />
      </MadeSecretsProvider>
    </SourceHostContext>
  )
}

function Page({ parts: [first = '', second = '', third = ''] }: Pick<SourcePagesProps, 'parts'>) {
  const { may } = useHost()
  if (first === '') return <SourceList />
  if (first === 'new' && !may.manage) return <AddForbidden />
  if (first === 'new')
    return second === '' ? <SourceTypePicker /> : <AddSource key={second} type={second} />
  if (second === 'requests' && third !== '')
    return <RequestDetail key={third} sourceId={first} id={third} />
  return <SourceDetail key={first} id={first} />
}

function AddForbidden() {
  const { Forbidden } = useHost()
  return (
    <div className="stack">
      <AddHeading />
      <Forbidden />
    </div>
  )
}
