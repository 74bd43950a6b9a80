export { AttemptDetail, isPastAttempt, triggerText } from './attempt-detail.tsx'
export { AttemptOutcome } from './attempt-outcome.tsx'
export { Badge, type Tone } from './badge.tsx'
export { Button } from './button.tsx'
export { cappedCount, cappedText } from './capped-count.ts'
export { Cause, causeHint, causeSentence } from './cause.tsx'
export { Choices } from './choices.tsx'
export { CodeBlock } from './code-block.tsx'
export { createCopyButton } from './copy-button.tsx'
export { Copyable } from './copyable.tsx'
export { canBeRetried, createDeliveryActions } from './delivery-actions.tsx'
export { DeliveryByHand } from './delivery-by-hand.tsx'
export { DeliveryCanceled } from './delivery-canceled.tsx'
export { deliveryCause } from './delivery-cause.ts'
export { DeliveryCounts } from './delivery-counts.tsx'
export { deliveryStateQuery } from './delivery-state-query.ts'
export { DeliveryStatus } from './delivery-status.tsx'
export { DeliveryWait, WaitReason } from './delivery-wait.tsx'
export { curlCommand } from './curl-command.ts'
export { Dialog } from './dialog.tsx'
export { Field, type FieldControl } from './field.tsx'
export { formSecret, formText } from './form-text.ts'
export { doneByText } from './done-by.ts'
export { formatMs } from './format-ms.ts'
export {
  formatCountdown,
  formatNumber,
  formatRelative,
  formatRounded,
  formatSpan,
  formatTime,
  formatUtc,
  perLocale,
} from './format-time.ts'
export { GraceField, useGrace } from './grace-field.tsx'
export { HeaderList } from './header-list.tsx'
export { HeatStrip } from './heat-strip.tsx'
export { HealthBadge, healthText } from './health-badge.tsx'
export { indentJson } from './indent-json.ts'
export { instantOf, localMinute } from './local-minute.ts'
export {
  currentLocale,
  isLocale,
  type Locale,
  LOCALES,
  preferredLocale,
  useLocale,
} from './locale.ts'
export { ListKeys } from './list-keys.tsx'
export { ListTable } from './list-table.tsx'
export { LiveList } from './live-list.tsx'
export { type ListPage } from './live-pages.ts'
export { Menu } from './menu.tsx'
export { isExpired, MessagePayload } from './message-payload.tsx'
export {
  MoreButton,
  type MoreButtonProps,
  NewerButton,
  type NewerButtonProps,
} from './more-button.tsx'
export { Empty, Notice, Skeleton } from './notice.tsx'
export { openEnd } from './open-end.ts'
export { createProbeNow, type Probe, useProbe } from './probe.tsx'
export { createQueryView, type QueryLike, type QueryViewProps } from './query-view.tsx'
export { RenderGuard } from './render-guard.tsx'
export { createRetryRest } from './retry-rest.tsx'
export { createSendOneFirst } from './send-one-first.tsx'
export { TaskDeliveries } from './task-deliveries.tsx'
export { TaskSentByOutcome } from './task-outcomes.tsx'
export { TaskPace } from './task-pace.tsx'
export { TASK_TONES, taskState, type TaskState } from './task-state.ts'
export { trafficSteps } from './traffic-steps.ts'
export { useTaskDeliveries } from './use-task-deliveries.ts'
export { type Theme } from './theme.ts'
export { forceTheme, isTheme, openTheme } from './theme-choice.ts'
export { FullTime, Time, TimeAndUtc } from './time.tsx'
export { VisibleText } from './visible-text.tsx'
export { accentContrast, accentPair, normalHex } from './accent.ts'
export { type LookValues, lookTokens } from './look-tokens.ts'
export { surfaceGrounds } from './surface.ts'
export { BarChart, type ChartPoint, type ChartSeries, LineChart } from './chart.tsx'
export { base64Bytes } from './base64-bytes.ts'
export { keepPlace } from './kept-place.ts'
export { fetchByServerClock, serverAheadMs } from './server-clock.ts'
export { saveFile } from './save-file.ts'
export { createTexts, type TextValues, type Translate } from './texts.ts'
export { Toasts, toast } from './toast.tsx'
export { useLiveList } from './use-live-list.ts'
export { useFromTop } from './use-from-top.ts'
export { useIsPainted } from './use-is-painted.ts'
export { useNow } from './use-now.ts'
export { useRowsInView } from './use-rows-in-view.ts'
export { useSettled } from './use-settled.ts'
export { useScreenEntry } from './use-screen-entry.ts'
export { pageTitle, useTitle } from './use-title.ts'
export { useAction } from './use-action.ts'
export { useRemoval } from './use-removal.ts'
