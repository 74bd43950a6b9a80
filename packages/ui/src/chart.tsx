import type { ReactNode } from 'react'
import { Button } from './button.tsx'

export interface ChartSeries {
  readonly name: string
  readonly tone: 'good' | 'bad' | 'warn' | 'accent'
}

export interface ChartPoint {
  /** Of its place on the axis, as a person reads it. */
  readonly label: string
  /** One for each series; null: nothing to show. */
  readonly values: readonly (number | null)[]
}

export interface ChartProps {
  readonly title: string
  /** What a person who can't see it has to know first. */
  readonly summary: string
  readonly series: readonly ChartSeries[]
  readonly points: readonly ChartPoint[]
  readonly format: (value: number) => string
  readonly tableLabel: string
  readonly axisLabel: string
  /** Asked for with a bar, or with its line in the table: by the keyboard, too. */
  readonly onChoose?: ((index: number) => void) | undefined
}

export const WIDTH = 1000
export const HEIGHT = 160

/** Values of one point stand on each other. Its numbers are in a table beside it, too. */
export function BarChart(props: ChartProps) {
  const sums = props.points.map(({ values }) => sumOf(values))
  const top = Math.max(1, ...sums)
  return (
    <ChartFrame {...props} top={top}>
      {props.points.map((point, index) => (
        <Bar key={point.label} {...{ point, index, top }} chart={props} />
      ))}
    </ChartFrame>
  )
}

interface BarProps {
  readonly chart: ChartProps
  readonly point: ChartPoint
  readonly index: number
  readonly top: number
}

function Bar({ chart, point, index, top }: BarProps) {
  const step = WIDTH / chart.points.length
  const stacked = chart.series.map(({ name, tone }, at) => {
    const value = point.values[at] ?? 0
    const below = sumOf(point.values.slice(0, at))
    return { name, tone, value, below }
  })
  const onClick = chart.onChoose === undefined ? undefined : () => chart.onChoose?.(index)
  return (
    <g className={onClick === undefined ? undefined : 'chart-choice'} onClick={onClick}>
      <title>{`${point.label}: ${stacked.map(({ name, value }) => `${name} ${chart.format(value)}`).join(', ')}`}</title>
      <rect className="chart-ground" x={index * step} y={0} width={step} height={HEIGHT} />
      {stacked
        .filter(({ value }) => value > 0)
        .map(({ name, tone, value, below }) => (
          <rect
            key={name}
            data-tone={tone}
            x={index * step + step * 0.1}
            width={step * 0.8}
            y={HEIGHT - ((below + value) / top) * HEIGHT}
            height={Math.max((value / top) * HEIGHT, 1)}
          />
        ))}
    </g>
  )
}

/** A line for each series, told apart by its dashes as well; a gap where there is nothing. */
export function LineChart(props: ChartProps) {
  const top = Math.max(
    1,
    ...props.points.flatMap(({ values }) => values.map((value) => value ?? 0)),
  )
  const place = (value: number, index: number): string => {
    const x = ((index + 0.5) / props.points.length) * WIDTH
    return `${x.toFixed(1)},${(HEIGHT - (value / top) * (HEIGHT - 4)).toFixed(1)}`
  }
  return (
    <ChartFrame {...props} top={top}>
      {props.series.map(({ name, tone }, at) => (
        <g key={name} data-tone={tone} data-line={at} className="chart-line">
          {runsOf(props.points, at).map((run) => (
            <polyline
              key={run[0]?.index}
              points={run.map(({ value, index }) => place(value, index)).join(' ')}
            />
          ))}
          {runsOf(props.points, at)
            .filter((run) => run.length === 1)
            .flat()
            .map(({ value, index }) => {
              const [x, y] = place(value, index).split(',')
              return <line key={index} x1={x} y1={y} x2={x} y2={y} />
            })}
        </g>
      ))}
    </ChartFrame>
  )
}

interface RunPoint {
  readonly index: number
  readonly value: number
}

function runsOf(points: readonly ChartPoint[], at: number): RunPoint[][] {
  const runs: RunPoint[][] = [[]]
  for (const [index, { values }] of points.entries()) {
    const value = values[at] ?? null
    if (value === null) runs.push([])
    else runs.at(-1)?.push({ index, value })
  }
  return runs.filter((run) => run.length > 0)
}

interface FrameProps extends ChartProps {
  /** The greatest value; null: the height of the picture is none. */
  readonly top: number | null
  /** Instead of the one of the points. */
  readonly table?: Pick<ChartProps, 'series' | 'points' | 'format'>
  readonly isLow?: boolean
  readonly children: ReactNode
}

/** What stands around a picture: its key, what is read of it, and its numbers in a table. */
export function ChartFrame({
  title,
  summary,
  series,
  points,
  format,
  top,
  table = { series, points, format },
  isLow = false,
  children,
  ...rest
}: FrameProps) {
  return (
    <figure className="card chart stack stack-small">
      <figcaption className="row row-between">
        <h2>{title}</h2>
        <span className="row small" aria-hidden="true">
          {series.map(({ name, tone }, at) => (
            <span key={name} className="chart-key">
              <i data-tone={tone} data-line={at} /> {name}
            </span>
          ))}
        </span>
      </figcaption>
      {top !== null && (
        <div className="chart-top small soft" aria-hidden="true">
          {format(top)}
        </div>
      )}
      <svg
        data-low={isLow ? '' : undefined}
        role="img"
        aria-label={`${title}. ${summary}`}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
      >
        {children}
      </svg>
      <div className="row row-between small soft" aria-hidden="true">
        <span>{points[0]?.label}</span>
        <span>{points.at(-1)?.label}</span>
      </div>
      <ChartTable {...table} {...rest} title={title} />
    </figure>
  )
}

type TableProps = Omit<ChartProps, 'summary'>

function ChartTable(props: TableProps) {
  const { title, series, points, format, tableLabel, axisLabel, onChoose } = props
  const rows = points
    .map((point, index) => ({ ...point, index }))
    .filter(({ values }) => values.some((value) => (value ?? 0) > 0))
  return (
    <details className="small">
      <summary>{tableLabel}</summary>
      <div
        className="chart-table"
        tabIndex={0}
        role="region"
        aria-label={`${tableLabel}: ${title}`}
      >
        <table className="table table-dense">
          <thead>
            <tr>
              <th scope="col">{axisLabel}</th>
              {series.map(({ name }) => (
                <th scope="col" key={name}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ label, values, index }) => (
              <tr key={label}>
                <th scope="row">
                  {onChoose === undefined ? (
                    label
                  ) : (
                    <Button size="small" kind="plain" onClick={() => onChoose(index)}>
                      {label}
                    </Button>
                  )}
                </th>
                {values.map((value, at) => (
                  <td key={series[at]?.name}>{value === null ? '–' : format(value)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

function sumOf(values: readonly (number | null)[]): number {
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0)
}
