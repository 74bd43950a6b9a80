export { createCaller, type Caller } from './pages/caller.ts'
export { isWithoutBrowser, openBrowser, type PageBrowser } from './pages/browser.ts'
export { createInspect } from './pages/inspect.ts'
export { cutOff, speakPseudo, untranslated } from './pages/pseudo-locale.ts'
