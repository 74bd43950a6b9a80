import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { BOTH, type Camera, EACH } from './camera.ts'
import { openConsole, pictureShot, type Shot } from './shot.ts'
import { shippedMessage, type World } from './world.ts'

const OPENED: readonly Shot[] = [
  { path: '/overview', name: 'overview', waitFor: 'Successful attempts', looks: EACH },
  { path: '/health', name: 'health', waitFor: 'in.relay-cloud.example', looks: EACH },
  { path: '/outages', name: 'outages', waitFor: /Certificate expired/, looks: BOTH },
  { path: '/outages/in.relay-cloud.example', name: 'outage', waitFor: /Customers: 3/, looks: BOTH },
  { path: '/queues', name: 'queues', waitFor: 'Leads', looks: BOTH },
  { path: '/applications', name: 'applications', waitFor: 'Northlight Coffee', looks: BOTH },
]

/** What staff see, from their sign-in on. */
export async function pictureConsole(world: World, camera: Camera): Promise<void> {
  const { staff, page } = world
  const visitor = await staff.newPage()
  await visitor.goto(`${staff.url}/console`)
  await visitor.getByRole('heading', { name: 'Sign in' }).waitFor()
  await camera.take(visitor, 'console-sign-in', BOTH)
  await visitor.close()
  for (const shot of OPENED) await pictureShot(world, shot, camera)
  await pictureApplication(world, camera)
  await pictureRecovery(world, camera)
  await pictureFind(world, page, camera)
}

async function pictureApplication(world: World, camera: Camera): Promise<void> {
  const { appId, endpointIds } = world.northlight
  const application = { path: `/applications/${appId}`, name: 'application' }
  await pictureShot(
    world,
    { ...application, waitFor: 'hooks.northlight.example', looks: BOTH },
    camera,
  )
  const shop = endpointIds[2] ?? ''
  const endpoint = { path: `/endpoints/${appId}/${shop}`, name: 'endpoint' }
  await pictureShot(world, { ...endpoint, waitFor: /shop\.northlight/ }, camera)
}

async function pictureRecovery(world: World, camera: Camera): Promise<void> {
  const { page, servers } = world
  const host = 'in.relay-cloud.example'
  servers.set(host, { afterMs: 20, status: 200 })
  await pictureShot(
    world,
    { path: `/recover?host=${host}`, name: 'recover', waitFor: /Customers: 3/, looks: EACH },
    camera,
  )
  await page.getByLabel('Messages per second, over all').fill('1')
  await page.getByRole('button', { name: /^Recover \d+ messages$/ }).click()
  await page.getByRole('button', { name: 'Pause', exact: true }).waitFor()
  await page.locator('[data-outcome="delivered"]', { hasText: /[1-9]/ }).waitFor()
  await camera.take(page, 'console-recovery', EACH)
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await pictureShot(world, { path: '/tasks', name: 'tasks', waitFor: 'Paused' }, camera)
  await page.locator('main tbody a').first().click()
  await page.getByRole('progressbar').waitFor()
  await camera.take(page, 'console-task')
  await pictureShot(world, { path: '/recover', name: 'recoveries', waitFor: 'Paused' }, camera)
}

async function pictureFind(world: World, page: Page, camera: Camera): Promise<void> {
  await openConsole(world, '/messages')
  await waitFor('the messages', async () => (await page.locator('tbody tr').count()) > 10)
  await camera.take(page, 'console-messages', EACH)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('ord_48211-1')
  await page.getByRole('dialog').getByText('order.shipped').first().waitFor()
  await camera.take(page, 'console-find')
  const { appId } = world.northlight
  await openConsole(world, `/messages/${appId}/${await shippedMessage(world)}`)
  await page.getByText('Your server failed.').first().waitFor()
  await camera.take(page, 'console-message', EACH)
}
