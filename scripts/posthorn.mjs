#!/usr/bin/env node
// The `posthorn` command of the repository: `npx --no posthorn token`.
process.argv.splice(2, 0, 'posthorn')
await import('./bootstrap.mjs')
