// Writes docs/providers.md from the rows: `node write-document.mjs`
import { writeFileSync } from 'node:fs'
import { providersDocument } from '../test/providers-document.ts'

writeFileSync(new URL('../../../docs/providers.md', import.meta.url), providersDocument())
