import { type Locale, useLocale } from '@posthorn/ui'
import { type ReactNode, useEffect, useState } from 'react'
import { AddSource } from './add/add-source.tsx'
import { SourceTypePicker } from './add/source-type-picker.tsx'
import { SourceDetail } from './detail/source-detail.tsx'
import { SourceList } from './list/source-list.tsx'
import { MadeSecretsProvider } from './parts/made-secrets.tsx'
import { RequestDetail } from './requests/request-detail.tsx'
import { type SourceHost, SourceHostContext } from './source-host.tsx'
import { chooseLocale } from './text.ts'

export interface SourcePagesProps {
  readonly host: SourceHost
  /** Of the path, behind `sources`. */
  readonly parts: readonly string[]
  /** Until there are words of their own. */
  readonly loading: ReactNode
}

/** Sources as portal and console show them, from the list to one request. */
export function SourcePages({ host, parts, loading }: SourcePagesProps) {
  const locale = useLocale()
  const [spoken, setSpoken] = useState<Locale | null>(null)
  useEffect(() => {
    let isCurrent = true
    void chooseLocale(locale).then(() => isCurrent && setSpoken(locale))
    return () => {
      isCurrent = false
    }
  }, [locale])
  if (spoken !== locale) return loading
  return (
    <SourceHostContext value={host}>
      <MadeSecretsProvider>
        <Page key={locale} parts={parts} />
      </MadeSecretsProvider>
    </SourceHostContext>
  )
}

function Page({ parts: [first = '', second = '', third = ''] }: Pick<SourcePagesProps, 'parts'>) {
  if (first === '') return <SourceList />
  if (first === 'new')
    return second === '' ? <SourceTypePicker /> : <AddSource key={second} type={second} />
  if (second === 'requests' && third !== '')
    return <RequestDetail key={third} sourceId={first} id={third} />
  return <SourceDetail key={first} id={first} />
}
