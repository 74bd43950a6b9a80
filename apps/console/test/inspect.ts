import { createInspect } from '@posthorn/test-kit/pages'

export const { inspect, inspectBriefly } = createInspect('console')
