/** Plain text, columns as wide as their widest cell; cells that start with a digit are set right. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  )
  const rule = widths.map((width) => '-'.repeat(width)).join('-|-')
  return [line(head, widths), rule, ...rows.map((row) => line(row, widths))].join('\n')
}

function line(cells: readonly string[], widths: readonly number[]): string {
  return widths
    .map((width, column) => aligned(cells[column] ?? '', width))
    .join(' | ')
    .trimEnd()
}

function aligned(cell: string, width: number): string {
  return /^[\d.]/.test(cell) ? cell.padStart(width) : cell.padEnd(width)
}
