export interface SnippetRunner {
  /** Fails where the toolchain isn't installed. */
  readonly probe: readonly [string, ...string[]]
  /** The snippet and what calls it, by file. It ends with 3 when the signature is refused. */
  readonly files: (snippet: string, secret: string) => Readonly<Record<string, string>>
  readonly prepare?: readonly [string, ...string[]]
  /** Called with id, timestamp and signatures; the body comes on standard input. */
  readonly command: readonly [string, ...string[]]
  readonly isBeside?: boolean
}

const callOfJavaScript = (secret: string) => `
import { readFileSync } from 'node:fs'
import { verify } from './verify.mjs'
const [id, time, signatures] = process.argv.slice(2)
const headers = { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signatures }
process.exit(verify('${secret}', headers, readFileSync(0, 'utf8')) ? 0 : 3)
`

const JAVASCRIPT: SnippetRunner = {
  probe: ['node', '--version'],
  files: (snippet, secret) => ({ 'verify.mjs': snippet, 'call.mjs': callOfJavaScript(secret) }),
  command: ['node', 'call.mjs'],
}

/** By the file of the snippet. */
export const SNIPPET_RUNNERS: Readonly<Record<string, SnippetRunner>> = {
  'javascript.txt': JAVASCRIPT,
  'javascript-library.txt': { ...JAVASCRIPT, isBeside: true },
  'python.txt': {
    probe: ['python3', '--version'],
    files: (snippet, secret) => ({
      'verify.py': `${snippet}
import sys
names = ["webhook-id", "webhook-timestamp", "webhook-signature"]
headers = dict(zip(names, sys.argv[1:]))
sys.exit(0 if verify("${secret}", headers, sys.stdin.buffer.read()) else 3)
`,
    }),
    command: ['python3', 'verify.py'],
  },
  'go.txt': {
    probe: ['go', 'version'],
    files: (snippet, secret) => ({
      'go.mod': 'module verify\n\ngo 1.21\n',
      'verify.go': snippet,
      'main.go': `package main

import (
	"io"
	"os"
)

func main() {
	body, _ := io.ReadAll(os.Stdin)
	if !Verify("${secret}", os.Args[1], os.Args[2], os.Args[3], body) {
		os.Exit(3)
	}
}
`,
    }),
    prepare: ['go', 'build', '-o', 'verify', '.'],
    command: ['./verify'],
  },
  'java.txt': {
    probe: ['javac', '-version'],
    files: (snippet, secret) => ({
      'Webhook.java': snippet,
      'Main.java': `class Main {
  public static void main(String[] args) throws Exception {
    byte[] body = System.in.readAllBytes();
    System.exit(Webhook.verify("${secret}", args[0], args[1], args[2], body) ? 0 : 3);
  }
}
`,
    }),
    prepare: ['javac', 'Webhook.java', 'Main.java'],
    command: ['java', 'Main'],
  },
  'shell.txt': {
    probe: ['openssl', 'version'],
    files: (snippet, secret) => ({
      'verify.sh': `${snippet}\nverify "${secret}" "$@" || exit 3\n`,
    }),
    command: ['bash', 'verify.sh'],
  },
}
