import type {
  StaffInvitationOut,
  StaffProfileOut,
  StaffSessionOut,
  StaffUserOut,
} from '@posthorn/contracts'
import {
  isStaffRole,
  type Membership,
  type NamedInvitation,
  type NamedMember,
  type SignedIn,
  tellLimit,
} from '@posthorn/core/staff'
import type { StaffSession } from '@posthorn/db'

export function presentProfile(
  { user, sessionId }: SignedIn,
  beside: { readonly memberships: Membership[]; readonly recoveryCodesLeft: number },
): StaffProfileOut {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    sessionId,
    hasPassword: user.passwordHash !== null,
    hasTotp: user.totpSecret !== null,
    lastSignInAt: user.lastSignInAt?.toISOString() ?? null,
    ...beside,
  }
}

export function presentSession(session: StaffSession, currentId: string): StaffSessionOut {
  return {
    id: session.id,
    method: session.method,
    address: session.address,
    userAgent: session.userAgent,
    createdAt: session.createdAt.toISOString(),
    lastUsedAt: session.lastUsedAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
    isCurrent: session.id === currentId,
  }
}

export function presentMember({ member: { user, ...member }, names }: NamedMember): StaffUserOut {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    role: isStaffRole(member.role) ? member.role : 'viewer',
    applications: tellLimit(member, names),
    disabledAt: member.disabledAt?.toISOString() ?? null,
    hasTotp: user.totpSecret !== null,
    lastSignInAt: user.lastSignInAt?.toISOString() ?? null,
    createdAt: member.createdAt.toISOString(),
  }
}

export function presentInvitation({ link, names }: NamedInvitation): StaffInvitationOut {
  return {
    id: link.id,
    email: link.email ?? '',
    role: link.role ?? '',
    applications: tellLimit(link, names),
    createdAt: link.createdAt.toISOString(),
    expiresAt: link.expiresAt.toISOString(),
  }
}
