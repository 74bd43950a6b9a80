import { lazyDialog } from '../../../lib/lazy-dialog.tsx'
import type { DeleteDialogProps } from './delete-dialog.tsx'
import type { DisableDialogProps } from './disable-dialog.tsx'
import type { ReplayDialogProps } from './replay-dialog.tsx'

// A list is looked at far more often than one of these is asked for.
export const ReplayDialog = lazyDialog<ReplayDialogProps>(
  async () => (await import('./replay-dialog.tsx')).ReplayDialog,
)
export const DisableDialog = lazyDialog<DisableDialogProps>(
  async () => (await import('./disable-dialog.tsx')).DisableDialog,
)
export const DeleteDialog = lazyDialog<DeleteDialogProps>(
  async () => (await import('./delete-dialog.tsx')).DeleteDialog,
)
