import type { EndpointWarningsOut } from '@posthorn/contracts'
import { Button, Notice } from '@posthorn/ui'
import { useState } from 'react'
import { t } from '../../../lib/text.ts'
import { WarnedEndpoints, disabledWhen } from './warned-endpoints.tsx'

const NONE: EndpointWarningsOut = { data: [], hasMore: false }

interface EndpointWarningsProps {
  readonly known: EndpointWarningsOut | undefined
}

/**
 * Above the list stands what was known before the list was shown. What changes later would move the list under its
 * reader: it lies over the page until it is asked for.
 */
export function EndpointWarnings({ known = NONE }: EndpointWarningsProps) {
  const [shown, setShown] = useState(known)
  const isAny = shown.data.length > 0
  const show = () => {
    setShown(known)
    scrollTo(0, 0)
    // The button is gone: who goes on by Tab comes to the warning.
    document.getElementById('content')?.focus({ preventScroll: true })
  }
  return (
    <>
      {isAny && <WarnedEndpoints {...shown} />}
      <div className="late-warning" role="status">
        {textOf(known) !== textOf(shown) && (
          <Notice tone="warn" title={t(isAny ? 'warned.changed' : 'warned.title')}>
            <div>
              <Button size="small" onClick={show}>
                {t('warned.show')}
              </Button>
            </div>
          </Notice>
        )}
      </div>
    </>
  )
}

/** All that is read of them: what else is known of an endpoint changes with every attempt. */
function textOf({ data, hasMore }: EndpointWarningsOut): string {
  const lines = data.map((endpoint) => [endpoint.url, endpoint.disabled, disabledWhen(endpoint)])
  return JSON.stringify([lines, hasMore])
}
