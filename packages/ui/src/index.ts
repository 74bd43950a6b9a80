export { Badge, type Tone } from './badge.tsx'
export { Button } from './button.tsx'
export { Dialog } from './dialog.tsx'
export { Field } from './field.tsx'
export { Menu } from './menu.tsx'
export { Empty, Notice, Skeleton } from './notice.tsx'
export { applyTheme, type Theme } from './theme.ts'
export { VisibleText } from './visible-text.tsx'
export { accentPair, isFontList } from './accent.ts'
export { BarChart, type ChartPoint, type ChartSeries, LineChart } from './chart.tsx'
export {
  createTexts,
  isLocale,
  type Locale,
  LOCALES,
  preferredLocale,
  type TextValues,
} from './texts.ts'
export { Toasts, toast } from './toast.tsx'
export { useNow } from './use-now.ts'
