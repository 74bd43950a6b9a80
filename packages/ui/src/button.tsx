import type { ComponentProps } from 'react'

export interface ButtonLook {
  readonly kind?: 'primary' | 'danger' | 'plain' | 'default'
  readonly size?: 'small' | 'default'
}

export function Button({ kind, size, className, ...rest }: ComponentProps<'button'> & ButtonLook) {
  return (
    <button
      type="button"
      className={`button ${className ?? ''}`}
      data-kind={kind}
      data-size={size}
      {...rest}
    />
  )
}
