import { CodeBlock } from '@posthorn/ui'
import { t } from '../text.ts'

/** A stranger's headers, one a line. */
export function Headers({ headers }: { readonly headers: Readonly<Record<string, string>> }) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return <CodeBlock label={t('request.headers')} text={lines.join('\n')} />
}
