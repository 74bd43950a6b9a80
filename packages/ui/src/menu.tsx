import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from 'react'

export interface MenuProps {
  readonly label: string
  /** Only the arrow is shown, for a menu beside the thing that it belongs to; the label is still heard. */
  readonly isArrow?: boolean
  readonly children: ReactNode
}

/**
 * A disclosure, not an ARIA menu: its buttons are reached with Tab like all others. Escape closes it. What is in
 * it is made when it is asked for: a list has a menu in each row.
 */
export function Menu({ label, isArrow = false, children }: MenuProps) {
  const ref = useRef<HTMLDetailsElement>(null)
  const [isUsed, setIsUsed] = useState(false)
  const [isOpen, setIsOpen] = useState(false)
  useCloseBeside(ref, isOpen)
  const close = () => {
    if (ref.current !== null) ref.current.open = false
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || ref.current?.open !== true) return
    close()
    ref.current.querySelector('summary')?.focus()
  }
  const onClick = (event: MouseEvent) => {
    if (!(event.target instanceof Element) || event.target.closest('button') === null) return
    // What opens from here gives the focus back to what is still there then.
    ref.current?.querySelector('summary')?.focus()
    close()
  }
  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (relatedTarget !== null && !currentTarget.contains(relatedTarget)) close()
  }
  return (
    <details
      className="menu"
      ref={ref}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
      onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
    >
      <summary
        className="button"
        data-size={isArrow ? 'small' : undefined}
        title={label}
        onClick={() => setIsUsed(true)}
      >
        <span className={isArrow ? 'visually-hidden' : undefined}>{label}</span>{' '}
        <span aria-hidden="true">▾</span>
      </summary>
      <div className="menu-list" onClick={onClick}>
        {isUsed && children}
      </div>
    </details>
  )
}

/** By a press on what takes no focus: no blur tells of that. */
function useCloseBeside(ref: RefObject<HTMLDetailsElement | null>, isOpen: boolean): void {
  useEffect(() => {
    if (!isOpen) return
    const onPress = ({ target }: PointerEvent) => {
      const menu = ref.current
      if (menu !== null && target instanceof Node && !menu.contains(target)) menu.open = false
    }
    document.addEventListener('pointerdown', onPress)
    return () => document.removeEventListener('pointerdown', onPress)
  }, [ref, isOpen])
}
