import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createCamera } from './camera.ts'
import { pictureConsole } from './console-pictures.ts'
import { pictureOrganisation } from './organisation-pictures.ts'
import { picturePortal } from './portal-pictures.ts'
import { startWorld } from './world.ts'

// `npm run screenshots`: every screen, of a lifelike installation. `-- --png --to folder` for looking at them.
const { values } = parseArgs({ options: { to: { type: 'string' }, png: { type: 'boolean' } } })
const folder = values.to ?? join(import.meta.dirname, '../../../../docs/images')
const camera = createCamera(folder, values.png === true ? 'png' : 'webp')

await using world = await startWorld()
for (const picture of [picturePortal, pictureConsole, pictureOrganisation]) {
  try {
    await picture(world, camera)
  } catch (err) {
    process.exitCode = 1
    process.stderr.write(`${picture.name}: ${String(err)}\n`)
  }
}
const { problems, expectProblem } = world.staff
// They are told of below: a picture that is there is kept.
expectProblem(/./)
if (problems.length > 0) process.stderr.write(`${problems.join('\n')}\n`)
