import { t } from '../lib/text.ts'
import { faultOf } from './form-error.tsx'
import { TextField } from './text-field.tsx'

interface PasswordProps {
  /** Of the form that this is in, so far. */
  readonly error: unknown
}

export function CurrentPassword({ error }: PasswordProps) {
  return (
    <TextField
      label={t('field.currentPassword')}
      name="password"
      type="password"
      autoComplete="current-password"
      required
      error={faultOf(error, 'password')}
    />
  )
}

export function NewPassword({ error }: PasswordProps) {
  return (
    <TextField
      label={t('field.newPassword')}
      hint={t('field.newPassword.hint')}
      name="newPassword"
      type="password"
      autoComplete="new-password"
      required
      error={faultOf(error, 'newPassword')}
    />
  )
}
