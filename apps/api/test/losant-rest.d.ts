/** The client comes without types: what the tests call of it. */
declare module 'losant-rest' {
  // What JSON holds is asserted by the tests.
  // oxlint-disable-next-line typescript/no-explicit-any
  type Call = (params: Readonly<Record<string, unknown>>) => Promise<any>

  export function createClient(options: { readonly accessToken: string; readonly url: string }): {
    readonly webhooks: { readonly get: Call; readonly post: Call }
    readonly webhook: { readonly get: Call; readonly patch: Call; readonly delete: Call }
  }
}
