import type { Page } from 'playwright-core'
import { median } from '../measure/distribution.ts'
import type { Finding } from './finding.ts'

const ROUNDS = 5
const MOST_STEP_MS = 100
const MOST_INP_MS = 200
const MOST_SHIFT = 0.02
const MOST_ROWS = 200
const PAGE_ROWS = 50
const LIVE_MESSAGES = 8

export type Visit = {
  page: Page
  /** A link into the portal, made anew for each round. */
  link: () => Promise<string>
  publish: () => Promise<unknown>
}

/** Filters, tabs, keys and live rows in a browser on this machine, as somebody would use them. */
export async function measureUse({ page, link, publish }: Visit): Promise<Finding[]> {
  await page.addInitScript(observe)
  const rounds: Step[][] = []
  const interactions: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    if (round > 0) interactions.push(...(await page.evaluate(readObserved)).interactions)
    await page.goto(await link())
    await page
      .locator('tbody tr')
      .nth(PAGE_ROWS - 1)
      .waitFor()
    rounds.push(await takeSteps(page))
  }
  await page.getByRole('link', { name: 'Messages', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'Messages' }).waitFor()
  await page
    .locator('tbody tr')
    .nth(PAGE_ROWS - 1)
    .waitFor()
  const arrived = await watchArrivals(page, publish)
  const rows = await listDown(page)
  const told = await page.evaluate(readObserved)
  interactions.push(...told.interactions)
  const steps = eachStep(rounds)
  const worst = steps.toSorted((a, b) => b.median - a.median)[0]
  return [
    {
      what: 'filter or tab to paint, ms',
      value: worst?.median ?? Number.NaN,
      bound: MOST_STEP_MS,
      note: `first use after a load, median (most) of ${ROUNDS}: ${steps.map(stepText).join(', ')}`,
    },
    {
      what: 'interaction to next paint, ms',
      value: Math.max(...interactions, 0),
      bound: MOST_INP_MS,
      note: `worst of ${interactions.length} over 16 ms`,
    },
    {
      what: 'layout shift, live rows included',
      value: told.shift,
      bound: MOST_SHIFT,
      note: `${arrived} rows came while it was watched`,
    },
    { what: 'rows in the document at most', value: rows, bound: MOST_ROWS, note: '' },
  ]
}

type Step = { name: string; ms: number }
type StepOfRounds = { name: string; median: number; most: number }

function eachStep(rounds: readonly Step[][]): StepOfRounds[] {
  return (rounds[0] ?? []).map(({ name }, index) => {
    const took = rounds.map((steps) => steps[index]?.ms ?? Number.NaN)
    return { name, median: median(took), most: Math.max(...took) }
  })
}

function stepText({ name, median, most }: StepOfRounds): string {
  return `${name} ${median.toFixed(0)} (${most.toFixed(0)})`
}

async function takeSteps(page: Page): Promise<Step[]> {
  const steps: Step[] = []
  const take = async (name: string, act: () => Promise<unknown>) => {
    const before = (await page.evaluate(readObserved)).interactions.length
    await act()
    // The entry of an interaction comes with the frame after its paint.
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 60))),
    )
    const { interactions } = await page.evaluate(readObserved)
    steps.push({ name, ms: Math.max(0, ...interactions.slice(before)) })
  }
  // By key, as a select is no click: its first choice after "any" is what fails.
  await take('health filter', () => page.getByLabel('Health', { exact: true }).press('ArrowDown'))
  await page.locator('tbody tr').first().waitFor()
  await take('messages', () => page.getByRole('link', { name: 'Messages', exact: true }).click())
  await page
    .locator('tbody tr')
    .nth(PAGE_ROWS - 1)
    .waitFor()
  await take('activity', () => page.getByRole('link', { name: 'Activity', exact: true }).click())
  await page.getByRole('heading', { level: 1, name: 'Activity' }).waitFor()
  await take('endpoints', () => page.getByRole('link', { name: 'Endpoints', exact: true }).click())
  await page.locator('tbody a').first().waitFor()
  await take('endpoint', () => page.locator('tbody a').first().click())
  await page.getByRole('link', { name: 'Testing' }).waitFor()
  for (const tab of ['Testing', 'Advanced', 'History', 'Overview'])
    await take(tab.toLowerCase(), () => page.getByRole('link', { name: tab, exact: true }).click())
  return steps
}

/** Shows older rows until newer ones have to go; answers how many there were at most. */
async function listDown(page: Page): Promise<number> {
  let most = 0
  for (let pages = 1; pages <= 6; pages++) {
    const before = await page.locator('tbody tr').last().textContent()
    await page.getByRole('button', { name: 'Show older' }).click()
    await page.waitForFunction(
      (last) => [...document.querySelectorAll('tbody tr')].at(-1)?.textContent !== last,
      before,
    )
    most = Math.max(most, await page.locator('tbody tr').count())
  }
  return most
}

async function watchArrivals(page: Page, publish: () => Promise<unknown>): Promise<number> {
  const before = await page.locator('tbody tr').count()
  for (let message = 0; message < LIVE_MESSAGES; message++) await publish()
  await page.waitForFunction(
    (rows) => document.querySelectorAll('tbody tr').length >= rows,
    before + LIVE_MESSAGES,
  )
  return (await page.locator('tbody tr').count()) - before
}

/** Runs in the page before its own scripts. */
function observe(): void {
  const told = { shift: 0, interactions: [] as number[] }
  Reflect.set(globalThis, 'benchTold', told)
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (Reflect.get(entry, 'hadRecentInput') === false)
        told.shift += Number(Reflect.get(entry, 'value'))
  }).observe({ type: 'layout-shift', buffered: true })
  const options = { type: 'event', durationThreshold: 16, buffered: true }
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (Number(Reflect.get(entry, 'interactionId')) > 0) told.interactions.push(entry.duration)
  }).observe(options)
}

function readObserved(): { shift: number; interactions: number[] } {
  const told: unknown = Reflect.get(globalThis, 'benchTold')
  const shift = Number(Reflect.get(Object(told), 'shift'))
  const interactions: unknown = Reflect.get(Object(told), 'interactions')
  return { shift, interactions: Array.isArray(interactions) ? interactions.map(Number) : [] }
}
