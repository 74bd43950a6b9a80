import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { BOTH, type Camera, EACH } from './camera.ts'
import { shippedMessage, type World } from './world.ts'

const ALL = {
  capabilities: [
    'ViewBase',
    'ViewEndpointSecret',
    'ManageEndpointSecret',
    'ManageEndpoint',
    'CreateAttempts',
    'ViewSources',
    'ManageSources',
  ],
}

/** What a customer sees who was given a link. */
export async function picturePortal(world: World, camera: Camera): Promise<void> {
  const { staff } = world
  await pictureEmpty(world, camera)
  const { url } = await staff.call('POST', '/auth/app-portal-access/northlight', ALL)
  const page = await staff.newPage({ timezoneId: 'Europe/Berlin', locale: 'en-GB' })
  await page.goto(String(url))
  const open = async (path: string, text: string | RegExp) => {
    await page.goto(`${staff.url}/portal${path}`)
    await page.getByText(text).first().waitFor()
  }
  await page.getByText('Order management').waitFor()
  await camera.take(page, 'portal-endpoints', EACH)
  await page.locator('tbody a').first().focus()
  await page.keyboard.press('?')
  await page.getByText('Keys of this list').waitFor()
  await camera.take(page, 'portal-keys')
  await page.keyboard.press('Escape')
  await pictureEndpoint(world, page, camera)
  await pictureMessages(world, page, camera)
  await open('/activity', 'Northlight Coffee')
  await page.getByText('p95').first().waitFor()
  await camera.take(page, 'portal-activity', EACH)
  await open('/event-types/order.created', 'A customer placed an order.')
  await camera.take(page, 'portal-event-type', BOTH)
  await open('/sources', 'Deployments')
  await camera.take(page, 'portal-sources')
  await page.close()
}

async function pictureEmpty({ staff }: World, camera: Camera): Promise<void> {
  const { id } = await staff.call('POST', '/app', { name: 'Newcomer & Co' })
  const { url } = await staff.call('POST', `/auth/app-portal-access/${String(id)}`, ALL)
  const page = await staff.newPage({ timezoneId: 'Europe/Berlin', locale: 'en-GB' })
  await page.goto(String(url))
  await page.getByRole('heading', { name: 'No endpoints yet' }).waitFor()
  await camera.take(page, 'portal-empty', BOTH)
  await page.getByRole('link', { name: 'Add Endpoint' }).first().click()
  await page.getByLabel('Endpoint URL').fill('http://hooks.newcomer.example/orders')
  await page.getByLabel('Only these').check()
  await page.getByRole('treeitem', { name: /^invoice\.paid/ }).press('Space')
  await page.getByLabel('Description').fill('Our order desk')
  await camera.take(page, 'portal-add-endpoint', BOTH)
  await page.close()
  await staff.call('DELETE', `/app/${String(id)}`)
}

async function pictureEndpoint({ staff, northlight }: World, page: Page, camera: Camera) {
  const [orders = '', , shop = ''] = northlight.endpointIds
  const tab = (name: string) => page.getByRole('link', { name, exact: true }).click()
  await page.goto(`${staff.url}/portal/endpoints/${shop}`)
  await page.getByText('Your server failed.').first().waitFor()
  await camera.take(page, 'portal-endpoint-failing', BOTH)
  await page.locator('header.row summary', { hasText: 'Actions' }).click()
  await page.getByRole('button', { name: 'Recover Failed Messages' }).click()
  await page.getByRole('dialog').getByText('invoice.').first().waitFor()
  await camera.take(page, 'portal-recover')
  await page.keyboard.press('Escape')
  await page.goto(`${staff.url}/portal/endpoints/${orders}`)
  await page.getByText('Delivered').nth(3).waitFor()
  await camera.take(page, 'portal-endpoint', EACH)
  await page.locator('tbody a').first().focus()
  for (const key of ['x', 'j', 'j', 'j', 'X']) await page.keyboard.press(key)
  await page.getByText('4 selected').waitFor()
  await camera.take(page, 'portal-selected')
  await page.locator('summary', { hasText: 'Secret menu' }).press('Enter')
  await page.getByRole('button', { name: 'Rotate secret' }).press('Enter')
  await page.getByRole('dialog').waitFor()
  await camera.take(page, 'portal-rotate')
  await page.keyboard.press('Escape')
  await tab('Testing')
  await page.getByRole('button', { name: 'Send Example' }).click()
  await page.getByText('200').first().waitFor()
  await camera.take(page, 'portal-testing', BOTH)
  await tab('Advanced')
  await page.getByText('Custom Headers').first().waitFor()
  await camera.take(page, 'portal-advanced')
  await staff.call('PATCH', `/app/${northlight.appId}/endpoint/${orders}`, { throttleRate: 50 })
  await tab('History')
  await page.locator('main li time, main td time').first().waitFor()
  await camera.take(page, 'portal-history')
}

async function pictureMessages(world: World, page: Page, camera: Camera) {
  const { staff } = world
  await page.goto(`${staff.url}/portal/messages`)
  await waitFor('the messages', async () => (await page.locator('tbody tr').count()) > 10)
  await camera.take(page, 'portal-messages', EACH)
  await page.goto(`${staff.url}/portal/messages/${await shippedMessage(world)}`)
  await page.getByText('Your server failed.').first().waitFor()
  await camera.take(page, 'portal-message', EACH)
}
