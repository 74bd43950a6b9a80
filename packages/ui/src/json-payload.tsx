import { useMemo, useState } from 'react'
import { Button } from './button.tsx'
import { CodeBlock } from './code-block.tsx'
import { formatNumber } from './format-time.ts'
import { placesOf } from './found-text.tsx'
import { indentJson } from './indent-json.ts'
import { jsonNodes } from './json-nodes.ts'
import { countFound, JsonTree } from './json-tree.tsx'
import { CopyButton } from './own-copy-button.ts'
import { t } from './words.ts'

/** A JSON text, laid out or as a tree, with a search in it. Neither prints a number or the order of keys anew. */
export function JsonPayload({ label, text }: { readonly label: string; readonly text: string }) {
  const [isTree, setIsTree] = useState(false)
  const [search, setSearch] = useState('')
  const laidOut = useMemo(() => indentJson(text), [text])
  const nodes = useMemo(() => (isTree ? jsonNodes(text) : null), [isTree, text])
  const found = nodes === null ? placesOf(laidOut, search).length : countFound(nodes, search)
  return (
    <>
      <div className="row filters" role="search" aria-label={t('payload.in', { what: label })}>
        <input
          className="input"
          type="search"
          aria-label={t('payload.search')}
          placeholder={t('payload.search')}
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
        <span className="small soft" role="status">
          {search !== '' && t('payload.found', { n: formatNumber(found) })}
        </span>
        <Button size="small" onClick={() => setIsTree(!isTree)}>
          {t(isTree ? 'payload.text' : 'payload.tree')}
        </Button>
      </div>
      {nodes === null ? (
        <CodeBlock label={label} text={laidOut} original={text} search={search} />
      ) : (
        <>
          <div className="row row-between">
            <h3>{label}</h3>
            <CopyButton what={label} text={() => text} />
          </div>
          <JsonTree {...{ nodes, label, search }} />
        </>
      )}
    </>
  )
}
