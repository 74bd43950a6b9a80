import type { NoticeAddressList, NoticeAddressOut } from '@posthorn/contracts/notice-address'
import { Badge, Button, FullTime, toast, VisibleText } from '@posthorn/ui'
import { describeError } from '../../../components/query-view.tsx'
import {
  useChangeNotices,
  useNoticeAddresses,
  useRemoveNoticeAddress,
} from '../api/notice-queries.ts'
import { t } from '../notice-text/text.ts'
import { AddNoticeAddress } from './add-notice-address.tsx'
import { NoticeKinds } from './notice-kinds.tsx'

/** Who is told by e-mail of endpoints in trouble; nothing where the installation sends none. */
export function NoticeCard() {
  const { data: addresses } = useNoticeAddresses()
  if (addresses?.isAvailable !== true) return null
  return (
    <section className="card stack" aria-label={t('notices.title')}>
      <h2>{t('notices.title')}</h2>
      <p className="soft">{t('notices.text')}</p>
      <Addresses addresses={addresses} />
    </section>
  )
}

function Addresses({ addresses: { data, atMost } }: { readonly addresses: NoticeAddressList }) {
  return (
    <>
      {data.length > 0 && (
        <ul className="plain-list stack" aria-label={t('notices.list')}>
          {data.map((address) => (
            <AddressRow key={address.id} address={address} />
          ))}
        </ul>
      )}
      {data.length < atMost ? (
        <AddNoticeAddress />
      ) : (
        <p className="soft">{t('notices.full', { n: atMost })}</p>
      )}
    </>
  )
}

function AddressRow({ address }: { readonly address: NoticeAddressOut }) {
  const { id, email, notices, confirmBy } = address
  const change = useChangeNotices(id)
  const remove = useRemoveNoticeAddress(id)
  const onError = (err: Error) => toast(describeError(err))
  const isWaiting = confirmBy !== null
  return (
    <li className="stack stack-small">
      <div className="row row-between">
        <div className="row">
          <strong className="break">
            <VisibleText text={email} />
          </strong>
          <Badge tone={isWaiting ? 'warn' : 'good'}>
            {t(isWaiting ? 'notices.waiting' : 'notices.confirmed')}
          </Badge>
        </div>
        <Button
          size="small"
          aria-label={t('notices.remove.of', { email })}
          disabled={remove.isPending}
          onClick={() =>
            remove.mutate(undefined, {
              onError,
              onSuccess: () => toast(t('notices.removed', { email })),
            })
          }
        >
          {t('notices.remove')}
        </Button>
      </div>
      <NoticeKinds
        label={t('notices.kinds.of', { email })}
        chosen={notices}
        isDisabled={change.isPending}
        onChange={(chosen) => change.mutate(chosen, { onError })}
      />
      {confirmBy !== null && (
        <p className="small soft">
          {t('notices.confirmBy')}: <FullTime at={confirmBy} />
        </p>
      )}
    </li>
  )
}
