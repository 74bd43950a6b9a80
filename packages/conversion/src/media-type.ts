export interface MediaType {
  /** In lower case, without parameters. */
  readonly essence: string
  readonly charset: string | null
  readonly raw: string
}

const CHARSET = /;\s*charset\s*=\s*(?:"([^"]{1,40})"|([^\s;"]{1,40}))/i

export function readMediaType(contentType: string): MediaType {
  const raw = contentType.slice(0, 1_000)
  const [essence = ''] = raw.split(';', 1)
  const [, quoted, plain] = CHARSET.exec(raw) ?? []
  return { essence: essence.trim().toLowerCase(), charset: quoted ?? plain ?? null, raw }
}

export function isJsonType({ essence }: MediaType): boolean {
  return essence === 'application/json' || essence === 'text/json' || essence.endsWith('+json')
}
