import { parentPort } from 'node:worker_threads'
import { type Rendering, renderTemplates } from './render-template.ts'

parentPort?.on('message', (rendering: Rendering) => {
  parentPort?.postMessage(renderTemplates(rendering))
})
parentPort?.postMessage('ready')
