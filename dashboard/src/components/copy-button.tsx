/** Copies a text, and says so in place. */
import { useState } from 'preact/hooks'
import { t } from '../state/session.ts'
import { Icon } from './icon.tsx'

export function CopyButton({ text, what, bare = false }: { text: string; what: string; bare?: boolean }) {
  const [copied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    setTimeout(() => setCopied(false), 2_000)
  }
  return (
    <button class={bare ? 'btn bare' : 'btn'} type="button" onClick={copy} aria-label={t.value.copyWhat(what)}>
      <Icon name="copy" />
      <span aria-live="polite">{copied ? t.value.copied : t.value.copy}</span>
    </button>
  )
}

/** A command to type elsewhere, with its button. */
export function Command({ text, label }: { text: string; label: string }) {
  return (
    <div class="command">
      <p class="meta">{label}</p>
      <div class="cmd">
        <code tabIndex={0}>{text}</code>
        <CopyButton text={text} what={label} bare />
      </div>
    </div>
  )
}
