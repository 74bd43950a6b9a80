import type { HealthBoardOut } from '@posthorn/contracts'
import { Empty } from '@posthorn/ui'
import '../health.css'
import { QueryView } from '../../../components/query-view.tsx'
import { ScreenHeader } from '../../../components/screen-header.tsx'
import { Link, usePlace } from '../../../lib/router.tsx'
import { useMayAs } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { useHealthBoard } from '../api/health-queries.ts'
import { AsOfAnswer } from './as-of.tsx'
import { columnsOf, isKind, type Kind, KINDS, rowsOf } from './board-kinds.tsx'
import { PickedBar } from './picked-bar.tsx'
import { TroubleTable } from './trouble-table.tsx'
import { usePicking } from './use-picking.ts'

/** A list that is as long as what was asked for may go on. */
const SHOWN = 50

export function HealthBoardScreen() {
  const query = useHealthBoard()
  const asked = usePlace().search.get('kind')
  const kind = isKind(asked) ? asked : null
  return (
    <div className="stack">
      <ScreenHeader title={t('health.title')}>
        <AsOfAnswer query={query} />
      </ScreenHeader>
      <QueryView query={query}>
        {(board) => (
          <>
            <Kinds board={board} open={kind} />
            <Board board={board} kinds={kind === null ? KINDS : [kind]} />
          </>
        )}
      </QueryView>
    </div>
  )
}

interface KindsProps {
  readonly board: HealthBoardOut
  readonly open: Kind | null
}

function Kinds({ board, open }: KindsProps) {
  return (
    <nav className="kinds" aria-label={t('health.kinds')}>
      <Link to="/health" aria-current={open === null ? 'page' : undefined}>
        {t('health.kind.all')}
      </Link>
      {KINDS.map((kind) => (
        <Link
          key={kind}
          to={`/health?kind=${kind}`}
          aria-current={open === kind ? 'page' : undefined}
        >
          {t(`health.kind.${kind}`)} {countText(rowsOf(board, kind).length)}
        </Link>
      ))}
    </nav>
  )
}

interface BoardProps {
  readonly board: HealthBoardOut
  readonly kinds: readonly Kind[]
}

function Board({ board, kinds }: BoardProps) {
  const picking = usePicking()
  const mayHeal = useMayAs('support')
  const shown = kinds.filter((kind) => rowsOf(board, kind).length > 0)
  return (
    <>
      {shown.length === 0 && <Nothing isFiltered={kinds.length === 1} />}
      {shown.map((kind) => (
        <section key={kind} className="card card-flush" aria-labelledby={`health-${kind}`}>
          <div className="trouble-head stack stack-small">
            <h2 id={`health-${kind}`}>
              {t(`health.kind.${kind}`)} {countText(rowsOf(board, kind).length)}
            </h2>
            <p className="small soft">{t(`health.kind.${kind}.hint`)}</p>
          </div>
          <TroubleTable
            label={t(`health.kind.${kind}`)}
            endpoints={rowsOf(board, kind)}
            columns={columnsOf(kind)}
            picking={mayHeal && kind !== 'limited' && kind !== 'slow' ? picking : null}
          />
        </section>
      ))}
      <PickedBar picking={picking} />
    </>
  )
}

function Nothing({ isFiltered }: { readonly isFiltered: boolean }) {
  return (
    <div className="card">
      <Empty title={t(isFiltered ? 'health.emptyKind' : 'health.empty')}>
        <p>{t('health.empty.text')}</p>
        {isFiltered && <Link to="/health">{t('list.clear')}</Link>}
      </Empty>
    </div>
  )
}

function countText(count: number): string {
  return count >= SHOWN ? `${SHOWN}+` : `${count}`
}
