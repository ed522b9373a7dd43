/** A native dialog: focus goes in, Escape closes, focus returns. */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

export function Dialog({
  label,
  onClose,
  className = 'box',
  children,
}: {
  label: string
  onClose: () => void
  className?: string
  children: ComponentChildren
}) {
  const element = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    element.current?.showModal()
  }, [])
  const onBackdrop = (event: MouseEvent): void => {
    if (event.target === element.current) onClose()
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a native dialog; the click is for the backdrop only
    <dialog ref={element} class={className} aria-label={label} onClose={onClose} onClick={onBackdrop}>
      {children}
    </dialog>
  )
}
