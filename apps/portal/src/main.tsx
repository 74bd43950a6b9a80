import { isLocale, openTheme, preferredLocale } from '@posthorn/ui'
import '@posthorn/ui/styles.css'
import './app/portal.css'
import './features/endpoints/endpoints.css'
import './features/event-types/event-types.css'
import './features/messages/messages.css'
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { openAsked } from './lib/asked.ts'
import { connectToHost } from './lib/host.ts'
import { openLook } from './lib/look.ts'
import { BASE } from './lib/router.tsx'
import { currentSession, noteRefusal, startSession } from './lib/session-store.ts'
import { chooseLocale } from './lib/text.ts'

// First of all: the token leaves the address bar before anything else can look at it.
startSession()
const search = new URLSearchParams(location.search)
const isLookBrought = openLook(search, currentSession()?.appId ?? null)
const { theme, locale = '' } = openAsked(search, { isLink: !isScreen() })
openTheme(theme)
enterAt()
await chooseLocale(isLocale(locale) ? locale : preferredLocale())

const queries = new QueryClient({
  queryCache: new QueryCache({ onError: noteRefusal }),
  mutationCache: new MutationCache({ onError: noteRefusal }),
  // Without a connection we ask all the same, and say that there is none.
  defaultOptions: {
    queries: {
      retry: false,
      refetchOnWindowFocus: true,
      refetchOnReconnect: true,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})
const root = document.getElementById('root')
if (root !== null) {
  connectToHost(root)
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <App isLookBrought={isLookBrought} />
      </QueryClientProvider>
    </StrictMode>,
  )
}

/** `/login?next=/endpoints/ep_…` is how a link enters; only a path of ours is followed. */
function enterAt(): void {
  if (isScreen()) return
  const next = new URLSearchParams(location.search).get('next') ?? '/endpoints'
  const isPath = /^\/[^/\\]/.test(next)
  history.replaceState(null, '', BASE + (isPath ? next : '/endpoints'))
}

function isScreen(): boolean {
  return location.pathname.startsWith(`${BASE}/`) && location.pathname !== `${BASE}/login`
}
