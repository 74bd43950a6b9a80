import { openTheme, preferredLocale } from '@posthorn/ui'
import '@posthorn/ui/styles.css'
import './app/console.css'
import './features/find/find.css'
import './features/messages/messages.css'
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { restWhenIdle } from './lib/idle.ts'
import { isForbidden, isSignedOut, ME } from './lib/session.tsx'
import { chooseLocale } from './lib/text.ts'

openTheme()
restWhenIdle()
await chooseLocale(preferredLocale())

// Whichever request first hears that the session is over, or that one may do less now: the frame of the page is to
// know. Where no session was there, a wrong password is all it says, and asking again would empty the form.
const onError = (error: Error) => {
  const hadSession = queries.getQueryData(ME) !== undefined
  if (hadSession && (isSignedOut(error) || isForbidden(error)))
    void queries.invalidateQueries({ queryKey: ME })
}
const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => query.queryKey[0] !== ME[0] && onError(error),
  }),
  mutationCache: new MutationCache({ onError }),
  // Without a connection we ask all the same, and say that there is none: nothing waits to be sent later.
  defaultOptions: {
    queries: { retry: false, refetchOnWindowFocus: true, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
})
const root = document.getElementById('root')
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  )
