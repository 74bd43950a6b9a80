import { parentPort } from 'node:worker_threads'
import { type ConvertibleBody, convertBody } from './convert-body.ts'

parentPort?.on('message', (body: ConvertibleBody) => {
  void convertBody(body).then((conversion) => parentPort?.postMessage(conversion))
})
parentPort?.postMessage('ready')
