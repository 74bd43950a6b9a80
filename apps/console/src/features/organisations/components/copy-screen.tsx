import type { OrganisationCopyOut } from '@posthorn/contracts'
import { Empty, Field } from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { QueryView } from '../../../components/query-view.tsx'
import { organisationName } from '../../../lib/organisation-name.ts'
import { Link, useSearchValue } from '../../../lib/router.tsx'
import { isAtLeast, useSession, useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { CopyPlan } from './copy-plan.tsx'

/** Into the organisation that is open; which one from lives in the URL. */
export function CopyScreen() {
  const { me, orgId } = useSession()
  const [from, setFrom] = useSearchValue('from')
  const others = me.memberships.filter(
    (membership) => membership.orgId !== orgId && isAtLeast(membership.role, 'admin'),
  )
  const into = me.memberships.find((membership) => membership.orgId === orgId)
  return (
    <div className="stack">
      <p>
        <Link to="/organisations">{t('organisations.title')}</Link>
      </p>
      <h1>{t('copy.title', { name: into === undefined ? orgId : organisationName(into) })}</h1>
      <p className="soft">{t('copy.text')}</p>
      {others.length === 0 ? (
        <div className="card">
          <Empty title={t('copy.nowhere')}>
            <p>{t('copy.nowhere.text')}</p>
          </Empty>
        </div>
      ) : (
        <Field label={t('copy.from')}>
          {(control) => (
            <select
              className="input"
              value={from}
              onChange={({ target }) => setFrom(target.value)}
              {...control}
            >
              <option value="">{t('copy.choose')}</option>
              {others.map((membership) => (
                <option key={membership.orgId} value={membership.orgId}>
                  {organisationName(membership)}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {from !== '' && <Difference key={from} from={from} />}
    </div>
  )
}

function Difference({ from }: { readonly from: string }) {
  const transport = useTransport()
  const query = useQuery({
    queryKey: ['organisation-copy', from],
    // What is being read must not change under the eyes.
    refetchOnWindowFocus: false,
    gcTime: 0,
    queryFn: ({ signal }) =>
      transport.json<OrganisationCopyOut>({
        method: 'POST',
        path: '/organisation/copy',
        body: { from },
        signal,
      }),
  })
  return (
    <QueryView query={query}>
      {(plan) => (
        <CopyPlan key={plan.digest} from={from} plan={plan} onLook={() => void query.refetch()} />
      )}
    </QueryView>
  )
}
