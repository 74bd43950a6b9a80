import type { StaffRole } from '@posthorn/contracts'
import { t } from '../../../lib/text.ts'

const ROLES: readonly StaffRole[] = ['viewer', 'support', 'admin', 'owner']

export interface RolePickerProps {
  readonly label: string
  readonly value: StaffRole
  readonly onChange: (role: StaffRole) => void
}

export function RolePicker({ label, value, onChange }: RolePickerProps) {
  return (
    <select
      className="input"
      aria-label={label}
      value={value}
      onChange={({ target }) => {
        const role = ROLES.find((candidate) => candidate === target.value)
        if (role !== undefined) onChange(role)
      }}
    >
      {ROLES.map((role) => (
        <option key={role} value={role}>
          {t(`role.${role}`)}
        </option>
      ))}
    </select>
  )
}
