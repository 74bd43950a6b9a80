import type { ReactNode } from 'react'

export interface ScreenHeaderProps {
  readonly title: string
  readonly children?: ReactNode
}

export function ScreenHeader({ title, children }: ScreenHeaderProps) {
  return (
    <div className="row row-between">
      <h1>{title}</h1>
      <div className="row">{children}</div>
    </div>
  )
}
