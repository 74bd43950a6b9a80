import type { NoticeKind } from '@posthorn/contracts/notice-address'
import { t } from '../notice-text/text.ts'

export const KINDS: readonly NoticeKind[] = ['failing', 'disabled_soon', 'disabled']

export interface NoticeKindsProps {
  readonly label: string
  readonly chosen: readonly NoticeKind[]
  readonly isDisabled?: boolean
  readonly onChange: (chosen: NoticeKind[]) => void
}

/** One at least: whoever wants none takes the address away. */
export function NoticeKinds({ label, chosen, isDisabled = false, onChange }: NoticeKindsProps) {
  const toggle = (kind: NoticeKind) =>
    onChange(KINDS.filter((one) => chosen.includes(one) !== (one === kind)))
  return (
    <div className="row" role="group" aria-label={label}>
      <span className="small soft">{t('notices.kinds')}</span>
      {KINDS.map((kind) => {
        const isChosen = chosen.includes(kind)
        return (
          <label className="check-row" key={kind}>
            <input
              type="checkbox"
              checked={isChosen}
              disabled={isDisabled || (isChosen && chosen.length === 1)}
              onChange={() => toggle(kind)}
            />
            {t(`notices.kind.${kind}`)}
          </label>
        )
      })}
    </div>
  )
}
