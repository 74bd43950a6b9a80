import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'

// RFC 6761: what `localhost` means where the file doesn't say.
const loopbackAddresses = ['127.0.0.1', '::1']

/** What this machine's hosts file says about `localhost`, the one name that isn't asked of DNS. */
export async function readLocalhostAddresses(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch(() => '')
  const addresses = text.split('\n').flatMap(addressOfLocalhost)
  return addresses.length > 0 ? addresses : loopbackAddresses
}

function addressOfLocalhost(line: string): string[] {
  const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
  return isIP(address) && names.includes('localhost') ? [address] : []
}
