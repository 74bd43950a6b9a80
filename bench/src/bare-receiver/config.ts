/** The only place where the bare receiver reads the environment. */
export function readBareReceiverConfig() {
  return {
    port: Number(process.env['BARE_PORT']),
    databaseUrl: process.env['BARE_DATABASE_URL'] ?? '',
    token: process.env['BARE_TOKEN'] ?? '',
  }
}
