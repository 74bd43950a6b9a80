import type { PortalThemeOut } from '@posthorn/contracts/portal-theme'
import { FullTime } from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { QueryView } from '../../../components/query-view.tsx'
import { ScreenHeader } from '../../../components/screen-header.tsx'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { THEME } from '../theme-query.ts'
import { ThemeEditor } from './theme-editor.tsx'

/** How the portals of this organisation look. */
export function ThemeScreen() {
  const transport = useTransport()
  const query = useQuery({
    queryKey: [THEME],
    queryFn: ({ signal }) => transport.json<PortalThemeOut>({ path: THEME, signal }),
    // A form is filled once: what is being typed is not taken away, and what is stale not begun with.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  return (
    <div className="stack">
      <ScreenHeader title={t('theme.title')} />
      <p className="soft">{t('theme.text')}</p>
      <QueryView query={query}>
        {(stored) => (
          <>
            {stored.changedAt !== null && (
              <p className="small soft">
                <FullTime at={stored.changedAt} /> ·{' '}
                <span className="mono">{stored.changedBy}</span>
              </p>
            )}
            <ThemeEditor stored={stored} />
          </>
        )}
      </QueryView>
    </div>
  )
}
