import { type CSSProperties, useRef } from 'react'
import type { PortalTheme } from './portal-message.ts'
import { usePortalFrame } from './use-portal-frame.ts'

export interface PosthornPortalProps {
  /** As `auth/app-portal-access` answered it. A new one starts the portal anew. */
  readonly url: string
  /** Asked some minutes before the token ends, for one that takes its place without a reload. */
  readonly onTokenExpiring?: () => string | Promise<string>
  readonly theme?: PortalTheme
  /** `en` or `de`; else that of the browser. */
  readonly locale?: string
  /** Which screen to show, as `/endpoints`; `onNavigate` tells when the viewer went on. */
  readonly path?: string
  readonly onNavigate?: (path: string) => void
  /** The session is over: give a new `url`. */
  readonly onSessionEnd?: () => void
  /** The frame is as high as what is in it, and the host's page scrolls. */
  readonly fullSize?: boolean
  readonly title?: string
  readonly className?: string
  readonly style?: CSSProperties
}

const MIN_HEIGHT = 650

/** The portal in a frame of the host's page. */
export function PosthornPortal(props: PosthornPortalProps) {
  const { fullSize = false, title = 'Webhooks', className, style } = props
  const ref = useRef<HTMLIFrameElement>(null)
  const { src, height } = usePortalFrame(ref, props)
  return (
    <iframe
      ref={ref}
      title={title}
      src={src}
      allow="clipboard-write"
      className={className}
      style={{
        display: 'block',
        width: '100%',
        border: 0,
        height: fullSize ? height : MIN_HEIGHT,
        ...style,
      }}
    />
  )
}
