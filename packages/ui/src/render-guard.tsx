import { Component, type ReactNode } from 'react'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'
import type { Translate } from './texts.ts'

export interface RenderGuardProps {
  readonly path: string
  readonly t: Translate<'state.broken.title' | 'state.broken.text' | 'state.broken.reload'>
  readonly children: ReactNode
}

interface State {
  readonly hasFailed: boolean
}

/** Keeps a fault of ours in one screen from blanking the page. Another path gets another try. */
export class RenderGuard extends Component<RenderGuardProps, State> {
  override state: State = { hasFailed: false }

  static getDerivedStateFromError(): State {
    return { hasFailed: true }
  }

  override componentDidUpdate(before: RenderGuardProps): void {
    if (this.state.hasFailed && before.path !== this.props.path) this.setState({ hasFailed: false })
  }

  override render(): ReactNode {
    const { t, children } = this.props
    if (!this.state.hasFailed) return children
    return (
      <Notice tone="bad" isAlert title={t('state.broken.title')}>
        <p>{t('state.broken.text')}</p>
        <Button onClick={() => location.reload()}>{t('state.broken.reload')}</Button>
      </Notice>
    )
  }
}
