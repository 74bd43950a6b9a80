import type { ComponentProps, MouseEvent } from 'react'

export interface ButtonLook {
  readonly kind?: 'primary' | 'danger' | 'plain' | 'default'
  readonly size?: 'small' | 'default'
}

/** The second click of a double click asks for nothing: by then what the first asked for may be over. */
export function Button(props: ComponentProps<'button'> & ButtonLook) {
  const { kind, size, className, onClick, ...rest } = props
  const onFirstClick = (event: MouseEvent<HTMLButtonElement>) => {
    if (event.detail > 1) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <button
      type="button"
      className={`button ${className ?? ''}`}
      data-kind={kind}
      data-size={size}
      {...rest}
      onClick={onFirstClick}
    />
  )
}
