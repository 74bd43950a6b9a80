import { type ReactNode, useId } from 'react'

export interface FieldControl {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': boolean
}

export interface FieldProps {
  readonly label: string
  readonly hint?: ReactNode
  readonly error?: string | undefined
  readonly children: (control: FieldControl) => ReactNode
}

/** A label, its control, and what explains both; an error is announced when it appears. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId()
  const hasHint = hint !== undefined
  const described = [hasHint ? `${id}-hint` : '', error === undefined ? '' : `${id}-error`]
  const describedBy = described.filter((part) => part !== '').join(' ')
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        'aria-describedby': describedBy === '' ? undefined : describedBy,
        'aria-invalid': error !== undefined,
      })}
      {hasHint && (
        <div className="soft small" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      <div className="field-error small" id={`${id}-error`} aria-live="polite">
        {error}
      </div>
    </div>
  )
}
