/** A command that can't be carried out as given; the message is for whoever typed it. */
export class CommandError extends Error {
  override name = 'CommandError'
}

/** A process of ours has said itself why it can't run; nothing is left to print. */
export class RoleRefusedError extends Error {
  override name = 'RoleRefusedError'
}

/** The exit code by which a role process says that starting it again is of no use (EX_CONFIG). */
export const EXIT_REFUSED = 78
