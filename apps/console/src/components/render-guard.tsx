import { Button, Notice } from '@posthorn/ui'
import { Component, type ReactNode } from 'react'
import { t } from '../lib/text.ts'

interface Props {
  readonly path: string
  readonly children: ReactNode
}

interface State {
  readonly hasFailed: boolean
}

/** Keeps a fault of ours in one screen from blanking the page. Another path gets another try. */
export class RenderGuard extends Component<Props, State> {
  override state: State = { hasFailed: false }

  static getDerivedStateFromError(): State {
    return { hasFailed: true }
  }

  override componentDidUpdate(before: Props): void {
    if (this.state.hasFailed && before.path !== this.props.path) this.setState({ hasFailed: false })
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children
    return (
      <Notice tone="bad" isAlert title={t('state.broken.title')}>
        <p>{t('state.broken.text')}</p>
        <Button onClick={() => location.reload()}>{t('state.broken.reload')}</Button>
      </Notice>
    )
  }
}
