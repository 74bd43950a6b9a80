import type { MessageAttemptOut } from '@posthorn/contracts'
import { Button } from '@posthorn/ui'
import { t } from '../lib/text.ts'
import { useCopyCurl } from '../lib/use-curl.ts'

/** The request of an attempt, to be made again from a shell. */
export function CopyCurl({ attempt }: { readonly attempt: MessageAttemptOut }) {
  const copy = useCopyCurl()
  return (
    <Button size="small" onClick={({ currentTarget }) => void copy(attempt, currentTarget)}>
      {t('attempts.copyCurl')}
    </Button>
  )
}
