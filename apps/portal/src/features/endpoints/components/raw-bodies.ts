export interface RawBody {
  readonly framework: string
  readonly code: string
}

/** How frameworks give the body before they parse it, by the language of a snippet. */
export const RAW_BODIES: Readonly<Record<string, readonly RawBody[]>> = {
  javascript: [
    { framework: 'Express', code: "app.post(path, express.raw({ type: '*/*' }), handler)" },
    {
      framework: 'Fastify',
      code: "app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (req, body, done) => done(null, body))",
    },
    { framework: 'Next.js', code: 'const body = await request.text()' },
  ],
  python: [
    { framework: 'Flask', code: 'body = request.get_data()' },
    { framework: 'Django', code: 'body = request.body' },
    { framework: 'FastAPI', code: 'body = await request.body()' },
  ],
  go: [{ framework: 'net/http, Gin, Echo', code: 'body, err := io.ReadAll(request.Body)' }],
  java: [{ framework: 'Spring', code: '@RequestBody byte[] body' }],
  kotlin: [
    { framework: 'Ktor', code: 'val body = call.receive<ByteArray>()' },
    { framework: 'Spring', code: '@RequestBody body: ByteArray' },
  ],
  ruby: [
    { framework: 'Rails', code: 'body = request.raw_post' },
    { framework: 'Sinatra', code: 'body = request.body.read' },
  ],
  php: [
    { framework: 'PHP', code: "$body = file_get_contents('php://input');" },
    { framework: 'Laravel, Symfony', code: '$body = $request->getContent();' },
  ],
  csharp: [
    {
      framework: 'ASP.NET Core',
      code: 'var body = await new StreamReader(Request.Body).ReadToEndAsync();',
    },
  ],
  rust: [
    { framework: 'axum', code: 'async fn handler(headers: HeaderMap, body: axum::body::Bytes)' },
    {
      framework: 'Actix Web',
      code: 'async fn handler(req: HttpRequest, body: actix_web::web::Bytes)',
    },
  ],
  elixir: [
    {
      framework: 'Plug, Phoenix',
      code: 'plug Plug.Parsers, parsers: [:json], json_decoder: Jason, body_reader: {CacheBodyReader, :read_body, []}',
    },
  ],
}
