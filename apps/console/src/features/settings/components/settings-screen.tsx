import type { InstallationSettingOut, InstallationSettingsOut } from '@posthorn/contracts'
import { Notice, VisibleText } from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { QueryView } from '../../../components/query-view.tsx'
import { ScreenHeader } from '../../../components/screen-header.tsx'
import { Link } from '../../../lib/router.tsx'
import { useTransport } from '../../../lib/session.tsx'
import { hasText, t } from '../../../lib/text.ts'

const GROUPS = [
  'start',
  'urls',
  'pages',
  'delivery',
  'networks',
  'limits',
  'stores',
  'staff',
] as const

/** What the installation is set to, and where from: what has a screen of its own is changed there. */
export function SettingsScreen() {
  const transport = useTransport()
  const query = useQuery({
    queryKey: ['/installation/setting'],
    queryFn: ({ signal }) =>
      transport.json<InstallationSettingsOut>({ path: '/installation/setting', signal }),
  })
  return (
    <div className="stack">
      <ScreenHeader title={t('settings.title')} />
      <Notice tone="idle" title={t('settings.installation')}>
        <p>{t('settings.installation.text')}</p>
      </Notice>
      <QueryView query={query}>
        {({ data, workerHosts }) => (
          <>
            {GROUPS.map((group) => (
              <Group
                key={group}
                group={group}
                settings={data.filter((setting) => setting.group === group)}
              />
            ))}
            <Hosts hosts={workerHosts} />
          </>
        )}
      </QueryView>
    </div>
  )
}

interface GroupProps {
  readonly group: InstallationSettingOut['group']
  readonly settings: readonly InstallationSettingOut[]
}

function Group({ group, settings }: GroupProps) {
  return (
    <section className="card stack">
      <h2 id={`settings-${group}`}>{t(`settings.group.${group}`)}</h2>
      <table className="table" aria-labelledby={`settings-${group}`}>
        <thead>
          <tr>
            <th>{t('settings.what')}</th>
            <th>{t('settings.value')}</th>
            <th>{t('settings.source')}</th>
          </tr>
        </thead>
        <tbody>
          {settings.map((setting) => (
            <tr key={setting.name}>
              <td>{nameOf(setting.name)}</td>
              {setting.value === null ? (
                <td className="soft">{withoutValue(setting.name)}</td>
              ) : (
                <td className="mono">
                  <VisibleText text={setting.value} />
                </td>
              )}
              <td>
                {setting.name === 'retentionDays' ? (
                  <Link to="/retention">{t(`source.${setting.source}`)}</Link>
                ) : (
                  t(`source.${setting.source}`)
                )}
                <div className="mono soft small">{setting.variable}</div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function nameOf(name: string): string {
  const key = `settings.name.${name}`
  return hasText(key) ? t(key) : name
}

/** What holds where nothing is set. */
function withoutValue(name: string): string {
  const key = `settings.none.${name}`
  return hasText(key) ? t(key) : t('settings.none')
}

function Hosts({ hosts }: { readonly hosts: readonly string[] }) {
  return (
    <section className="card stack stack-small">
      <h2>{t('settings.hosts')}</h2>
      <p className="soft">{t('settings.hosts.text')}</p>
      {hosts.length === 0 ? (
        <p>{t('settings.hosts.none')}</p>
      ) : (
        <p className="mono">
          <VisibleText text={hosts.join(', ')} />
        </p>
      )}
    </section>
  )
}
