import { type RefObject, useEffect, useEffectEvent, useState } from 'react'
import type { HostSays, PortalSays } from './portal-message.ts'
import type { PosthornPortalProps } from './posthorn-portal.tsx'

const FIRST_HEIGHT = 650

export interface PortalFrame {
  readonly src: string
  readonly height: number
}

/** What host and frame say to each other; both take it only from the other's window and origin. */
export function usePortalFrame(
  ref: RefObject<HTMLIFrameElement | null>,
  props: PosthornPortalProps,
): PortalFrame {
  const { url, theme, locale, path } = props
  const { src, isReady, setIsReady } = useStart(props)
  const [height, setHeight] = useState(FIRST_HEIGHT)
  const [shownPath, setShownPath] = useState<string | null>(null)
  const say = useEffectEvent((message: HostSays) =>
    ref.current?.contentWindow?.postMessage(message, new URL(url).origin),
  )
  const hear = useEffectEvent(async (message: PortalSays) => {
    if (message.type === 'posthorn.ready') setIsReady(true)
    if (message.type === 'posthorn.height') setHeight(message.payload.height)
    if (message.type === 'posthorn.error') props.onSessionEnd?.()
    if (message.type === 'posthorn.route' || message.type === 'posthorn.ready') {
      setShownPath(message.payload.path)
      props.onNavigate?.(message.payload.path)
    }
    if (message.type === 'posthorn.token-expiring' && props.onTokenExpiring !== undefined) {
      const token = await props.onTokenExpiring()
      say({ type: 'posthorn.set-token', payload: { token } })
    }
  })
  useEffect(() => {
    const { origin } = new URL(url)
    const listen = ({ source, origin: from, data }: MessageEvent) => {
      if (source !== ref.current?.contentWindow || from !== origin) return
      if (isPortalMessage(data)) void hear(data)
    }
    addEventListener('message', listen)
    return () => removeEventListener('message', listen)
  }, [url])
  useEffect(() => {
    if (isReady && theme !== undefined) say({ type: 'posthorn.set-theme', payload: theme })
  }, [isReady, JSON.stringify(theme)])
  useEffect(() => {
    if (isReady && locale !== undefined) say({ type: 'posthorn.set-locale', payload: { locale } })
  }, [isReady, locale])
  useEffect(() => {
    if (isReady && path !== undefined && path !== shownPath)
      say({ type: 'posthorn.navigate', payload: { path } })
  }, [isReady, path])
  return { src, height }
}

/** The address is the frame's start only: what changes later is said to it, so that nothing is loaded again. */
function useStart(props: PosthornPortalProps) {
  const [start, setStart] = useState(() => ({ url: props.url, src: startAddress(props) }))
  const [isReady, setIsReady] = useState(false)
  if (start.url !== props.url) {
    setStart({ url: props.url, src: startAddress(props) })
    setIsReady(false)
  }
  return { src: start.src, isReady, setIsReady }
}

/** Theme and language are in the address too: the first paint already has them. */
function startAddress({ url, theme = {}, locale, path }: PosthornPortalProps): string {
  const address = new URL(url)
  for (const [name, value] of Object.entries({ ...theme, locale }))
    if (value !== undefined) address.searchParams.set(name, value)
  if (path !== undefined) address.searchParams.set('next', path)
  return address.href
}

function isPortalMessage(data: unknown): data is PortalSays {
  const { type, payload }: { type?: unknown; payload?: unknown } = Object(data)
  return typeof type === 'string' && type.startsWith('posthorn.') && typeof payload === 'object'
}
