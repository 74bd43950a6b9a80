import { Field } from '@posthorn/ui'
import type { ComponentProps, ReactNode } from 'react'

export interface TextFieldProps extends Omit<ComponentProps<'input'>, 'children'> {
  readonly label: string
  readonly hint?: ReactNode
  readonly error?: string | undefined
}

export function TextField({ label, hint, error, ...input }: TextFieldProps) {
  return (
    <Field label={label} error={error} {...(hint === undefined ? {} : { hint })}>
      {(control) => <input className="input" autoComplete="off" {...control} {...input} />}
    </Field>
  )
}
