import {
  PosthornPortal,
  PosthornProvider,
  useEndpointActions,
  useEndpoints,
  useMessages,
  useReplay,
} from '@posthorn/react'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { AppPortal, SvixProvider, useEndpoints as useSvixEndpoints } from 'svix-react'

/** What a test gives the page, by `addInitScript`. */
interface Given {
  readonly kind: 'svix' | 'portal' | 'frame' | 'hooks' | 'svix-hooks'
  readonly url: string
  readonly baseUrl: string
  readonly token: string
  readonly newToken: string
}

const given: Given = Reflect.get(globalThis, 'given')

function SvixPage() {
  return <AppPortal url={given.url} fullSize darkMode primaryColor="#0a7f5a" fontFamily="Georgia" />
}

function PortalPage() {
  const [path, setPath] = useState('/endpoints')
  const [shown, setShown] = useState('')
  const [isDark, setIsDark] = useState(false)
  const [locale, setLocale] = useState('en')
  const [asked, setAsked] = useState(0)
  return (
    <>
      <button onClick={() => setPath('/event-types')}>Go to the catalog</button>
      <button onClick={() => setIsDark(true)}>Dark</button>
      <button onClick={() => setLocale('de')}>German</button>
      <p>
        shown: <output>{shown}</output>, tokens asked for: <output>{asked}</output>
      </p>
      <PosthornPortal
        fullSize
        url={given.url}
        path={path}
        locale={locale}
        theme={{ theme: isDark ? 'dark' : 'light', primaryColor: '#ffe000', radius: '2' }}
        onNavigate={setShown}
        onTokenExpiring={() => {
          setAsked((before) => before + 1)
          return given.newToken
        }}
      />
    </>
  )
}

/** Of a host that grants nothing. */
function FramePage() {
  return <iframe src={given.url} title="Webhooks" width="100%" height="800" />
}

function HookedList() {
  const endpoints = useEndpoints()
  const messages = useMessages({ limit: 1 })
  const actions = useEndpointActions()
  const replay = useReplay()
  const first = messages.items?.[0]
  const endpoint = endpoints.items?.[0]
  return (
    <>
      {endpoints.error !== null && <p role="alert">{endpoints.error.message}</p>}
      <ul>
        {endpoints.items?.map(({ id, url, description }) => (
          <li key={id}>
            {url} {description}
          </li>
        ))}
      </ul>
      <p>message: {first?.eventType}</p>
      <output>{first?.id}</output>
      <button
        onClick={() =>
          endpoint !== undefined &&
          void actions.patch(endpoint.id, { description: 'renamed' }).then(endpoints.reload)
        }
      >
        Rename
      </button>
      <button
        onClick={() =>
          first !== undefined && endpoint !== undefined && void replay(first.id, endpoint.id)
        }
      >
        Replay
      </button>
      <button disabled={!messages.hasNextPage} onClick={messages.showNextPage}>
        Older
      </button>
    </>
  )
}

function HooksPage() {
  return (
    <PosthornProvider baseUrl={given.baseUrl} appId="acme" token={given.token}>
      <HookedList />
    </PosthornProvider>
  )
}

function SvixList() {
  const { data } = useSvixEndpoints()
  return (
    <ul>
      {data?.map(({ id, url }) => (
        <li key={id}>{url}</li>
      ))}
    </ul>
  )
}

function SvixHooksPage() {
  return (
    <SvixProvider token={given.token} appId="acme" options={{ serverUrl: given.baseUrl }}>
      <SvixList />
    </SvixProvider>
  )
}

const PAGES = {
  svix: SvixPage,
  portal: PortalPage,
  frame: FramePage,
  hooks: HooksPage,
  'svix-hooks': SvixHooksPage,
}
const Page = PAGES[given.kind]
const root = document.getElementById('root')
if (root !== null) createRoot(root).render(<Page />)
