import type { ReactNode } from 'react'
import './figure.css'
import { Link } from '../lib/router.tsx'

export interface FigureProps {
  readonly label: string
  readonly value: string
  readonly tone?: 'good' | 'warn' | 'bad'
  /** Where the list behind the number is. */
  readonly to?: string
  readonly children?: ReactNode
}

export function Figure({ label, value, tone, to, children }: FigureProps) {
  const content = (
    <>
      <span className="figure-label">{label}</span>
      <strong className="figure-value" data-tone={tone}>
        {value}
      </strong>
      <span className="small soft">{children}</span>
    </>
  )
  if (to === undefined) return <div className="card figure">{content}</div>
  return (
    <Link className="card figure" to={to}>
      {content}
    </Link>
  )
}

export function Figures({ children }: { readonly children: ReactNode }) {
  return <div className="figures">{children}</div>
}
