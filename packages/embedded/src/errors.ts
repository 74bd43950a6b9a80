/** Why the embedded database can't run, in one line for whoever typed `npm start`. */
export class EmbeddedPostgresError extends Error {
  override name = 'EmbeddedPostgresError'
}
