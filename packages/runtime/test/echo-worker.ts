import { parentPort } from 'node:worker_threads'

parentPort?.on('message', (input: string) => {
  const held: string[][] = []
  while (input === 'for ever') Math.random()
  while (input === 'greedy') held.push(Array.from({ length: 100_000 }, () => `${Math.random()}`))
  parentPort?.postMessage(`${input}!`)
})
parentPort?.postMessage('ready')
