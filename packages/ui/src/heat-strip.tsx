import { ChartFrame, type ChartSeries, HEIGHT, WIDTH } from './chart.tsx'

export interface HeatLevel extends ChartSeries {
  /** Of what succeeded, 0 to 1: from here on. The best first. */
  readonly from: number
}

export interface HeatPoint {
  readonly label: string
  /** Null: there was nothing. */
  readonly share: number | null
  /** Its row in the table; columns as `columns` names them. */
  readonly values: readonly (number | null)[]
}

export interface HeatStripProps {
  readonly title: string
  readonly summary: string
  readonly levels: readonly HeatLevel[]
  readonly points: readonly HeatPoint[]
  /** Of the table beside it. */
  readonly columns: readonly string[]
  readonly format: (value: number) => string
  readonly formatShare: (share: number) => string
  readonly tableLabel: string
  readonly axisLabel: string
}

/** One cell for each point, by the share that succeeded: told apart by its height as well as by its colour. */
export function HeatStrip({ levels, points, columns, formatShare, ...rest }: HeatStripProps) {
  const tableSeries = columns.map((name) => ({ name, tone: 'accent' }) as const)
  return (
    <ChartFrame
      {...rest}
      series={levels}
      points={points}
      top={null}
      table={{ series: tableSeries, points, format: rest.format }}
      isLow
    >
      {points.map((point, index) => (
        <Cell key={point.label} {...{ point, index, levels, formatShare }} count={points.length} />
      ))}
    </ChartFrame>
  )
}

interface CellProps extends Pick<HeatStripProps, 'levels' | 'formatShare'> {
  readonly point: HeatPoint
  readonly index: number
  readonly count: number
}

const GAP = 0.08

function Cell({ point: { label, share }, index, count, levels, formatShare }: CellProps) {
  const step = WIDTH / count
  const at = share === null ? -1 : levels.findIndex(({ from }) => share >= from)
  const level = levels[at]
  // The worst stands out.
  const height = (HEIGHT * (at + 1)) / levels.length
  return (
    <g>
      <title>{`${label}: ${share === null ? '–' : formatShare(share)}`}</title>
      <rect className="chart-ground" x={index * step} y={0} width={step} height={HEIGHT} />
      {level !== undefined && (
        <rect
          data-tone={level.tone}
          x={index * step + step * GAP}
          width={step * (1 - 2 * GAP)}
          y={HEIGHT - height}
          height={height}
        />
      )}
    </g>
  )
}
