import type { HttpAnswer } from './send.ts'

export interface AnsweredFile {
  readonly name: string
  /** Strangers' bytes: whatever they are, a browser saves them and runs nothing. */
  readonly bytes: Uint8Array
  /** Where they are ours. */
  readonly contentType?: string
}

export function toFileAnswer(
  status: number,
  { name, bytes, contentType }: AnsweredFile,
): HttpAnswer {
  const headers = {
    'content-type': contentType ?? 'application/octet-stream',
    'content-disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '_')}"`,
    'content-security-policy': "sandbox; default-src 'none'",
  }
  return { status, json: null, bytes, headers }
}
