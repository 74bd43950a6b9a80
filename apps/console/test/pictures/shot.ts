import type { Camera, Look } from './camera.ts'
import type { World } from './world.ts'

/** What is opened, and what is there once it can be pictured. */
export interface Shot {
  readonly path: string
  readonly name: string
  readonly waitFor: string | RegExp
  readonly looks?: readonly Look[]
}

export async function pictureShot(world: World, shot: Shot, camera: Camera): Promise<void> {
  await openConsole(world, shot.path)
  await world.page.locator('main').getByText(shot.waitFor).first().waitFor()
  await camera.take(world.page, `console-${shot.name}`, shot.looks)
}

export async function openConsole({ staff, page }: World, path: string): Promise<void> {
  await page.goto(`${staff.url}/console/${staff.orgId}${path}`)
}
