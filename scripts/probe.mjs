// Exits 0 when the process of ours on this port of this machine is ready; images have no curl.
const [port] = process.argv.slice(2)

try {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/health/ping`)
  process.exitCode = response.ok ? 0 : 1
} catch {
  process.exitCode = 1
}
