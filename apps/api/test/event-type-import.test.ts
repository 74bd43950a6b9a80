import { describe, expect, it } from 'vitest'
import { setupEndpoints } from './endpoint-setup.ts'

const PATH = '/event-type/import/openapi'

const described = (schema: unknown, operation: object = {}) => ({
  post: {
    description: 'A pet came',
    requestBody: { content: { 'application/json': { schema } } },
    ...operation,
  },
})

const PETS = {
  openapi: '3.1.0',
  info: { title: 'Pets', version: '1' },
  components: {
    schemas: {
      Pet: {
        type: 'object',
        properties: { owner: { $ref: '#/components/schemas/Owner' }, tag: { type: 'string' } },
      },
      Owner: { type: 'object', properties: { pets: { $ref: '#/components/schemas/Pet' } } },
      Unused: { type: 'string' },
    },
  },
  webhooks: {
    'pet.new': described({ $ref: '#/components/schemas/Pet' }),
    'pet.gone': described({ type: 'object' }, { deprecated: true, 'x-svix-group-name': 'pets' }),
  },
}

describe.each(['svix1', 'svix2'] as const)('import of an OpenAPI document through %s', (name) => {
  it('makes an event type of each webhook, once', async () => {
    const bench = await setupEndpoints()
    const sdk = bench.sdk(name)
    const first = await sdk.importOpenapi({ spec: PETS })
    expect(first.data.modified.toSorted()).toEqual(['pet.gone', 'pet.new'])
    const pet = await sdk.getEventType('pet.new')
    expect(pet).toMatchObject({ description: 'A pet came', archived: false, deprecated: false })
    expect(pet.schemas).toEqual({
      '1': {
        $ref: '#/definitions/Pet',
        definitions: {
          Pet: {
            type: 'object',
            properties: { owner: { $ref: '#/definitions/Owner' }, tag: { type: 'string' } },
          },
          Owner: { type: 'object', properties: { pets: { $ref: '#/definitions/Pet' } } },
        },
      },
    })
    expect(await sdk.getEventType('pet.gone')).toMatchObject({
      deprecated: true,
      groupName: 'pets',
    })
    const again = await sdk.importOpenapi({ specRaw: JSON.stringify(PETS) })
    expect(again.data.modified).toEqual([])
  })
})

describe('import of an OpenAPI document', () => {
  it('answers what would change, and changes nothing, in a dry run', async () => {
    const { request } = await setupEndpoints()
    await request('POST', PATH, { spec: PETS })
    const changed = {
      ...PETS,
      webhooks: {
        'pet.new': described({ type: 'object' }),
        'pet.found': described({ type: 'object' }),
      },
    }
    const { status, body } = await request('POST', PATH, { spec: changed, dryRun: true })
    expect(status).toBe(200)
    expect(body.data.modified).toEqual([])
    expect(body.data.to_modify.map((one: { name: string }) => one.name)).toEqual([
      'pet.new',
      'pet.found',
    ])
    expect(body.data.changes).toMatchObject([
      {
        name: 'pet.new',
        kind: 'update',
        changes: { schemas: { to: { '1': { type: 'object' } } } },
      },
      { name: 'pet.found', kind: 'create' },
    ])
    expect((await request('GET', '/event-type/pet.found')).status).toBe(404)
  })

  it('archives what is not in it only when all are to be replaced, and takes them back', async () => {
    const bench = await setupEndpoints()
    const { request } = bench
    const asked = { spec: PETS, replaceAll: true }
    const planned = await request('POST', PATH, { ...asked, dryRun: true })
    expect(planned.body.data.changes.at(-1)).toEqual({
      name: 'invoice.paid',
      kind: 'archive',
      changes: { archived: { from: false, to: true } },
    })
    expect((await request('GET', '/event-type/invoice.paid')).body.archived).toBe(false)
    await request('POST', PATH, asked)
    expect((await request('GET', '/event-type/invoice.paid')).body.archived).toBe(true)
    const webhooks = { 'invoice.paid': { post: {} } }
    await request('POST', PATH, { spec: { webhooks } })
    const { body } = await request('GET', '/event-type/invoice.paid')
    expect(body.archived).toBe(false)
    expect(body.schemas).not.toBeNull()
    expect(await bench.auditActions()).toEqual(
      expect.arrayContaining(['event_type.create', 'event_type.archive', 'event_type.update']),
    )
  })

  it('reads YAML as it does JSON', async () => {
    const { request } = await setupEndpoints()
    const specRaw = [
      'openapi: 3.1.0',
      'webhooks:',
      '  pet.new: &pet',
      '    post:',
      '      description: A pet came # home',
      '      requestBody:',
      '        content: { application/json: { schema: { type: object } } }',
      '  pet.gone: *pet',
    ].join('\n')
    const { status } = await request('POST', PATH, { specRaw })
    expect(status).toBe(200)
    const { body } = await request('GET', '/event-type/pet.gone')
    expect(body).toMatchObject({ description: 'A pet came', schemas: { '1': { type: 'object' } } })
    const again = await request('POST', PATH, { specRaw, dryRun: true })
    expect(again.body.data.changes).toEqual([])
  })

  it('says in which line YAML is wrong', async () => {
    const { request } = await setupEndpoints()
    const { status, body } = await request('POST', PATH, { specRaw: 'webhooks:\n  a: b: c' })
    expect(status).toBe(422)
    expect(body.detail[0].loc).toEqual(['body', 'specRaw'])
    expect(body.detail[0].msg).toMatch(/^Line 2, column 6: /)
  })

  it('does what the dry run of the digest showed, or nothing', async () => {
    const { request } = await setupEndpoints()
    const spec = { webhooks: { 'a.b': described({ type: 'object' }) } }
    const { digest } = (await request('POST', PATH, { spec, dryRun: true })).body.data
    const other = { webhooks: { ...spec.webhooks, 'a.c': described({ type: 'object' }) } }
    const outdated = { status: 409, body: { code: 'diff_outdated' } }
    expect(await request('POST', PATH, { spec: other, digest })).toMatchObject(outdated)
    await request('POST', '/event-type', { name: 'a.b', description: 'Made meanwhile' })
    expect(await request('POST', PATH, { spec, digest })).toMatchObject(outdated)
    expect((await request('GET', '/event-type/a.b')).body.description).toBe('Made meanwhile')
    expect((await request('GET', '/event-type/a.c')).status).toBe(404)
    const shown = (await request('POST', PATH, { spec, dryRun: true })).body.data
    const done = await request('POST', PATH, { spec, digest: shown.digest })
    expect(done.body.data).toMatchObject({ modified: ['a.b'], changes: shown.changes })
    expect((await request('GET', '/event-type/a.b')).body.description).toBe('A pet came')
  })

  it('reads the words of OpenAPI 3.0', async () => {
    const { request } = await setupEndpoints()
    const schema = {
      type: 'object',
      example: { a: null },
      properties: { a: { type: 'string', nullable: true, xml: { name: 'a' } } },
    }
    await request('POST', PATH, { spec: { 'x-webhooks': { 'old.type': described(schema) } } })
    expect((await request('GET', '/event-type/old.type')).body.schemas['1']).toEqual({
      type: 'object',
      examples: [{ a: null }],
      properties: { a: { type: ['string', 'null'] } },
    })
  })

  const remote = { $ref: 'https://evil.example/schema.json' }
  const large = { type: 'object', description: 'x'.repeat(70_000) }
  it.each([
    ['no document', {}, ['spec']],
    ['text that is no object', { specRaw: 'openapi' }, ['specRaw']],
    ['text that is neither JSON nor YAML', { specRaw: '{"webhooks": [}' }, ['specRaw']],
    ['YAML without webhooks', { specRaw: 'openapi: 3.1.0' }, ['spec', 'webhooks']],
    ['a document without webhooks', { spec: { openapi: '3.1.0' } }, ['spec', 'webhooks']],
    [
      'a webhook without an operation',
      { spec: { webhooks: { 'a.b': {} } } },
      ['spec', 'webhooks', 'a.b'],
    ],
    [
      'a reference to another document',
      { spec: { webhooks: { 'a.b': described(remote) } } },
      [
        'spec',
        'webhooks',
        'a.b',
        'post',
        'requestBody',
        'content',
        'application/json',
        'schema',
        '$ref',
      ],
    ],
    [
      'a webhook elsewhere',
      { spec: { webhooks: { 'a.b': remote } } },
      ['spec', 'webhooks', 'a.b', '$ref'],
    ],
    [
      'a reference to nothing',
      { spec: { webhooks: { 'a.b': described({ $ref: '#/components/schemas/No' }) } } },
      ['spec', 'webhooks', 'a.b', 'post', 'requestBody', 'content', 'application/json', 'schema'],
    ],
    [
      'a schema that is too large',
      { spec: { webhooks: { 'a.b': described(large) } } },
      ['spec', 'webhooks', 'a.b', 'post', 'requestBody', 'content', 'application/json', 'schema'],
    ],
    [
      'a name that no event type may have',
      { spec: { webhooks: { 'a b': described({ type: 'object' }) } } },
      ['spec', 'webhooks', 'a b'],
    ],
    [
      'a schema that is none',
      { spec: { webhooks: { 'a.b': described({ type: 'nonsense' }) } } },
      ['spec', 'webhooks', 'a.b', 'schema'],
    ],
    [
      'more webhooks than are imported at once',
      {
        spec: {
          webhooks: Object.fromEntries(Array.from({ length: 501 }, (_, n) => [`a.${n}`, {}])),
        },
      },
      ['spec', 'webhooks'],
    ],
  ])('refuses %s by the name of the field', async (_, asked, field) => {
    const { request } = await setupEndpoints()
    const { status, body } = await request('POST', PATH, asked)
    expect(status).toBe(422)
    expect(body.detail[0].loc.slice(0, field.length + 1)).toEqual(['body', ...field])
    expect((await request('GET', '/event-type?limit=250')).body.data).toHaveLength(1)
  })

  it("is the organisation's alone", async () => {
    const bench = await setupEndpoints()
    const portal = await bench.portalToken(bench.appId)
    expect((await bench.as(portal)('POST', PATH, { spec: PETS })).status).toBe(403)
    expect((await bench.as('')('POST', PATH, { spec: PETS })).status).toBe(401)
  })
})
