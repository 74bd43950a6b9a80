import { ApiError } from '@posthorn/client'
import { Button } from '@posthorn/ui'
import { t } from '../lib/text.ts'

export interface ApplyShownProps {
  readonly apply: { readonly error: unknown; readonly isPending: boolean }
  readonly label: string
  readonly onApply: () => void
  /** Looks once more. */
  readonly onLook: () => void
}

/** Does what was shown; what is no longer as it was shown can only be looked at once more. */
export function ApplyShown({ apply, label, onApply, onLook }: ApplyShownProps) {
  const isOutdated = apply.error instanceof ApiError && apply.error.code === 'diff_outdated'
  return (
    <div className="row">
      {isOutdated ? (
        <Button kind="primary" onClick={onLook}>
          {t('copy.look')}
        </Button>
      ) : (
        <Button kind="primary" disabled={apply.isPending} onClick={onApply}>
          {label}
        </Button>
      )}
    </div>
  )
}
