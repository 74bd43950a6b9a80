export { createCaller, type Caller } from './pages/caller.ts'
export { isWithoutBrowser, openBrowser, type PageBrowser } from './pages/browser.ts'
export { createInspect } from './pages/inspect.ts'
