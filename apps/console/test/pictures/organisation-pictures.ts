import type { Camera } from './camera.ts'
import { openConsole, pictureShot, type Shot } from './shot.ts'
import type { World } from './world.ts'

const OPENED: readonly Shot[] = [
  { path: '/event-types', name: 'event-types', waitFor: 'invoice.overdue' },
  { path: '/event-types/order.created', name: 'event-type', waitFor: 'JSON Schema' },
  { path: '/operational-webhooks', name: 'operational-webhooks', waitFor: 'Our status page' },
  { path: '/api-keys', name: 'api-keys', waitFor: 'Billing service' },
  { path: '/users', name: 'users', waitFor: 'vera@example.com' },
  { path: '/audit', name: 'audit', waitFor: 'application.create' },
  { path: '/retention', name: 'retention', waitFor: '90 days' },
  { path: '/installation', name: 'settings', waitFor: 'POSTHORN_RETRY_SCHEDULE' },
  { path: '/organisations', name: 'organisations', waitFor: 'Staging' },
  { path: '/theme', name: 'theme', waitFor: 'Density' },
  { path: '/profile', name: 'profile', waitFor: 'Sessions' },
]

/** What an organisation is set to, and who looks after it. */
export async function pictureOrganisation(world: World, camera: Camera): Promise<void> {
  await addAround(world)
  for (const shot of OPENED) await pictureShot(world, shot, camera)
  await pictureImport(world, camera)
  await pictureSources(world, camera)
  await pictureAlerts(world, camera)
}

async function addAround({ staff, page, servers }: World): Promise<void> {
  const url = servers.urlOf('hooks.northlight.example', '/status')
  const webhook = { url, description: 'Our status page', filterTypes: ['endpoint.disabled'] }
  await staff.call('POST', '/operational-webhook/endpoint', webhook)
  await staff.call('POST', '/staff/invitation', { email: 'vera@example.com', role: 'support' })
  const post = (path: string, body: object) =>
    page.evaluate(
      async ({ path, body, orgId }) => {
        const headers = { 'content-type': 'application/json', 'posthorn-organisation': orgId }
        await fetch(`/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
      },
      { path, body, orgId: staff.orgId },
    )
  await post('/api-key', { name: 'Billing service', scopes: ['publish'] })
  await post('/api-key', { name: 'Nightly export', scopes: ['read'] })
  await post('/staff/organisation', { name: 'Staging' })
  const target = { kind: 'webhook', url }
  const alert = { windowSeconds: 3_600, target }
  await staff.call('POST', '/alert', {
    ...alert,
    name: 'Deliveries succeed',
    condition: 'success_rate',
    threshold: 99,
  })
  await staff.call('POST', '/alert', {
    ...alert,
    name: 'Nothing waits long',
    condition: 'oldest_due',
    threshold: 300,
  })
}

async function pictureImport(world: World, camera: Camera): Promise<void> {
  const { page } = world
  await openConsole(world, '/event-types')
  await page.getByRole('link', { name: 'Import OpenAPI' }).click()
  const schema = { type: 'object', properties: { id: { type: 'string' } } }
  const hook = { post: { requestBody: { content: { 'application/json': { schema } } } } }
  const webhooks = { 'order.created': hook, 'refund.issued': hook, 'refund.failed': hook }
  await page
    .getByLabel('OpenAPI document')
    .fill(
      JSON.stringify(
        { openapi: '3.1.0', info: { title: 'Shop', version: '2' }, webhooks },
        null,
        2,
      ),
    )
  await page.getByRole('button', { name: 'Show what changes' }).click()
  await page.getByText(/\d new, \d changed/).waitFor()
  await camera.take(page, 'console-import')
}

async function pictureSources(world: World, camera: Camera): Promise<void> {
  const { page } = world
  await pictureShot(
    world,
    { path: '/sources', name: 'sources', waitFor: 'Deployments', looks: ['light', 'narrow'] },
    camera,
  )
  await page.getByRole('link', { name: 'Deployments' }).click()
  await page.getByText('Wrong signature').first().waitFor()
  await camera.take(page, 'console-source-requests', ['light', 'dark', 'narrow'])
  await page.locator('tbody a').first().click()
  await page.getByRole('region', { name: 'Body' }).waitFor()
  await camera.take(page, 'console-source-request')
  await page.goBack()
  await page.getByRole('link', { name: 'Quarantine' }).click()
  await page.getByText('Wrong signature').first().waitFor()
  await camera.take(page, 'console-source-quarantine')
  await page.getByRole('link', { name: 'Settings', exact: true }).last().click()
  await page.getByRole('textbox', { name: 'New secret' }).waitFor()
  await camera.take(page, 'console-source-settings')
  await openConsole(world, '/sources')
  await page.getByRole('link', { name: 'Add source' }).click()
  await page.getByRole('link', { name: 'Stripe' }).waitFor()
  await camera.take(page, 'console-source-pick')
}

async function pictureAlerts(world: World, camera: Camera): Promise<void> {
  const { page } = world
  await openConsole(world, '/alerts')
  await page.getByText('Firing since').first().waitFor({ timeout: 60_000 })
  await camera.take(page, 'console-alerts', ['light', 'narrow'])
  await page.getByRole('link', { name: 'Deliveries succeed' }).click()
  await page.getByText('Firing since').first().waitFor()
  await camera.take(page, 'console-alert')
}
