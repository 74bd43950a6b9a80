import { makeFirstOwnerLink } from '@posthorn/core/staff'
import { type ApiAnswer, type Sending, setupApi } from './api-setup.ts'

export const PASSWORD = 'correct horse battery staple'
let lastNumber = 0

/** A browser as far as cookies go: keeps what it is given and sends it back, from a page of the api's host. */
export function createBrowser(url: string) {
  const cookies = new Map<string, string>()
  const send = async (method: string, path: string, sending: Sending = {}): Promise<ApiAnswer> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { ...(cookie === '' ? {} : { cookie }), origin: url, ...sending.headers },
      ...(sending.body === undefined ? {} : { body: JSON.stringify(sending.body) }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    const text = await response.text()
    const body = text === '' ? null : JSON.parse(text)
    return { status: response.status, headers: response.headers, body }
  }
  const within =
    (orgId: string) =>
    (method: string, path: string, sending: Sending = {}) =>
      send(method, path, { ...sending, headers: { 'posthorn-organisation': orgId } })
  return { cookies, send, within }
}

/** An organisation and its owner, signed in. */
export async function setupStaff() {
  const api = await setupApi()
  const email = `owner${++lastNumber}@example.com`
  const owner = createBrowser(api.url)
  const { body } = await api.send('POST', '/staff/invitation', { body: { email, role: 'owner' } })
  await owner.send('POST', '/staff/link/redeem', {
    body: { token: tokenOf(body.url), name: 'Olive Owner', newPassword: PASSWORD },
  })
  /** Someone else of this organisation, signed in. */
  const join = async (role: string) => {
    const person = `${role}${++lastNumber}@example.com`
    const invited = await owner.within(api.orgId)('POST', '/staff/invitation', {
      body: { email: person, role },
    })
    const browser = createBrowser(api.url)
    await browser.send('POST', '/staff/link/redeem', {
      body: { token: tokenOf(invited.body.url), name: `A ${role}`, newPassword: PASSWORD },
    })
    const { body: me } = await browser.send('GET', '/staff/me')
    return { ...browser, email: person, id: String(me.id), call: browser.within(api.orgId) }
  }
  return {
    ...api,
    email,
    owner: { ...owner, call: owner.within(api.orgId) },
    join,
    browser: () => createBrowser(api.url),
    firstOwnerLink: () => makeFirstOwnerLink(api.core, null),
  }
}

export function tokenOf(url: string): string {
  return url.split('#token=')[1] ?? ''
}

export type Staff = Awaited<ReturnType<typeof setupStaff>>

/** Tests before this one left organisations that others own. */
export async function ownEverything({ core, owner }: Staff): Promise<void> {
  const { body: me } = await owner.send('GET', '/staff/me')
  const userId = String(me.id)
  for (const { id: orgId } of await core.db.prisma.organisation.findMany())
    await core.db.prisma.staffMember.upsert({
      where: { orgId_userId: { orgId, userId } },
      create: { orgId, userId, role: 'owner' },
      update: { role: 'owner', disabledAt: null },
    })
}
