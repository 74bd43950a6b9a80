import type { ComponentProps } from 'react'
import { ListKeys } from './list-keys.tsx'

/** A table of things that each have a page, with the keys of a list. */
export function ListTable(props: ComponentProps<'table'>) {
  return (
    <ListKeys>
      <table className="table" {...props} />
    </ListKeys>
  )
}
