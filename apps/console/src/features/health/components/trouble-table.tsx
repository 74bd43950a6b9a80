import type { BoardEndpointOut } from '@posthorn/contracts'
import { ListTable } from '@posthorn/ui'
import type { ReactNode } from 'react'
import { t } from '../../../lib/text.ts'
import { EndpointName } from './endpoint-name.tsx'
import type { Picking } from './use-picking.ts'

export interface Column {
  readonly title: string
  readonly cell: (endpoint: BoardEndpointOut) => ReactNode
}

export interface TroubleTableProps {
  readonly label: string
  readonly endpoints: readonly BoardEndpointOut[]
  readonly columns: readonly Column[]
  /** Null: nothing can be done with them, or not by this role. */
  readonly picking: Picking | null
}

export function TroubleTable({ label, endpoints, columns, picking }: TroubleTableProps) {
  return (
    <ListTable aria-label={label}>
      <thead>
        <tr>
          {picking !== null && (
            <th className="trouble-check">
              <Check
                label={t('health.pickAll')}
                isChecked={endpoints.every(({ endpointId }) => picking.has(endpointId))}
                onChange={(isChecked) => picking.pick(endpoints, isChecked)}
              />
            </th>
          )}
          <th>{t('health.endpoint')}</th>
          {columns.map(({ title }) => (
            <th key={title}>{title}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {endpoints.map((endpoint) => (
          <Row key={endpoint.endpointId} {...{ endpoint, columns, picking }} />
        ))}
      </tbody>
    </ListTable>
  )
}

interface RowProps extends Pick<TroubleTableProps, 'columns' | 'picking'> {
  readonly endpoint: BoardEndpointOut
}

function Row({ endpoint, columns, picking }: RowProps) {
  return (
    <tr className="trouble-row">
      {picking !== null && (
        <td>
          <Check
            label={t('health.pick', { url: endpoint.url })}
            isChecked={picking.has(endpoint.endpointId)}
            onChange={(isChecked) => picking.pick([endpoint], isChecked)}
          />
        </td>
      )}
      <td>
        <EndpointName endpoint={endpoint} />
      </td>
      {columns.map(({ title, cell }) => (
        <td key={title} data-label={title}>
          {cell(endpoint)}
        </td>
      ))}
    </tr>
  )
}

interface CheckProps {
  readonly label: string
  readonly isChecked: boolean
  readonly onChange: (isChecked: boolean) => void
}

function Check({ label, isChecked, onChange }: CheckProps) {
  return (
    <span className="check">
      <input
        type="checkbox"
        aria-label={label}
        checked={isChecked}
        onChange={({ target }) => onChange(target.checked)}
      />
    </span>
  )
}
