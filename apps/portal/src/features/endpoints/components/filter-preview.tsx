import type { EndpointFilterPreviewOut } from '@posthorn/contracts'
import { formatNumber, formatTime } from '@posthorn/ui'
import { t } from '../../../lib/text.ts'
import { type PreviewedFilter, useFilterPreview } from '../api/use-filter-preview.ts'

/** How much of yesterday's traffic would have come: that a filter lets nothing through is seen before it is saved. */
export function FilterPreview(filter: PreviewedFilter) {
  const preview = useFilterPreview(filter)
  const isEmpty = preview !== undefined && preview.messages > 0 && preview.matched === 0
  return (
    <p className="filter-preview small" data-empty={isEmpty || undefined} aria-live="polite">
      {preview === undefined ? '' : previewText(preview)}
    </p>
  )
}

function previewText({ messages, matched, capped, since }: EndpointFilterPreviewOut): string {
  if (messages === 0) return t('preview.nothing')
  const values = {
    matched: formatNumber(matched),
    messages: capped ? formatNumber(messages) : messages,
    since: formatTime(since),
  }
  if (matched === 0) return t(capped ? 'preview.noneCapped' : 'preview.none', values)
  return t(capped ? 'preview.capped' : 'preview.matched', values)
}
