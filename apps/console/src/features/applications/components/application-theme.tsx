import type { ApplicationOut } from '@posthorn/contracts'
import type { ApplicationThemeOut } from '@posthorn/contracts/portal-theme'
import { Notice, VisibleText } from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { QueryView } from '../../../components/query-view.tsx'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'

/** What an application's metadata says of how its portal looks; nothing where it says nothing. */
export function ApplicationTheme({ application }: { readonly application: ApplicationOut }) {
  const { id, metadata } = application
  return Object.keys(metadata).some((key) => key.startsWith('theme.')) ? (
    <Theme id={id} metadata={metadata} />
  ) : null
}

function Theme({ id, metadata }: Pick<ApplicationOut, 'id' | 'metadata'>) {
  const transport = useTransport()
  const path = `/app/${id}/portal-theme`
  const query = useQuery({
    queryKey: [path, metadata],
    queryFn: ({ signal }) => transport.json<ApplicationThemeOut>({ path, signal }),
  })
  return (
    <section className="card stack stack-small" aria-labelledby="application-theme">
      <h2 id="application-theme">{t('theme.title')}</h2>
      <QueryView query={query}>
        {({ values, faults }) => (
          <>
            <ul className="plan">
              {values
                .filter(({ source }) => source === 'application')
                .map(({ name, value }) => (
                  <li key={name}>
                    {t(`theme.${name}`)}: <VisibleText text={value ?? ''} />
                  </li>
                ))}
            </ul>
            {faults.length > 0 && (
              <Notice tone="warn" title={t('theme.faults')}>
                {faults.map(({ key, message }) => (
                  <p key={key}>
                    <VisibleText text={`${key}: ${message}`} />
                  </p>
                ))}
              </Notice>
            )}
          </>
        )}
      </QueryView>
    </section>
  )
}
