/** Command palette: goes to a machine or a finding by name. Ctrl K, / or the button. */
import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { MachinesView } from '../../../shared/api/views.ts'
import { get } from '../api/client.ts'
import { machinePath, navigate } from '../router.ts'
import { t } from '../state/session.ts'
import { Dialog } from './dialog.tsx'
import { Given } from './given.tsx'
import { Mark } from './mark.tsx'

const open = signal(false)
export const openGoTo = (): void => {
  open.value = true
}
const close = (): void => {
  open.value = false
}

type Machine = MachinesView['machines'][number]

/** @returns whether the letters of `query` appear in `name` in order, ignoring case. Pure. */
export function matches(name: string, query: string): boolean {
  const letters = query.toLowerCase().replace(/\s+/g, '')
  let at = 0
  const low = name.toLowerCase()
  for (const letter of letters) {
    at = low.indexOf(letter, at) + 1
    if (at === 0) return false
  }
  return true
}

const MOST = 8

function Results({ found, chosen }: { found: readonly Machine[]; chosen: number }) {
  if (found.length === 0) return <p class="q meta">{t.value.goToNone}</p>
  return (
    <div id="go-to-list" role="listbox" aria-label={t.value.goTo}>
      {found.map(({ machine, standing }, i) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus and names the option (aria-activedescendant)
        // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the input opens the chosen option
        <div
          key={machine.id}
          id={`go-${i}`}
          role="option"
          class="hit"
          aria-selected={i === chosen}
          onClick={() => {
            close()
            navigate(machinePath(machine.client.slug, machine.slug))
          }}
        >
          <Mark standing={standing} named />
          <Given text={machine.name} />
          <span class="meta">
            <Given text={machine.client.name} />
          </span>
        </div>
      ))}
    </div>
  )
}

function Palette() {
  const [machines, setMachines] = useState<readonly Machine[]>([])
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState(0)
  useEffect(() => {
    get<MachinesView>('/api/v1/machines').then(
      (view) => setMachines(view.machines),
      () => setMachines([]),
    )
  }, [])
  const found = machines
    .filter(({ machine }) => matches(`${machine.name} ${machine.client.name}`, query))
    .slice(0, MOST)
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setChosen(Math.min(chosen + 1, found.length - 1))
    else if (event.key === 'ArrowUp') setChosen(Math.max(chosen - 1, 0))
    else if (event.key === 'Enter') {
      const to = found[chosen]?.machine
      if (to) {
        close()
        navigate(machinePath(to.client.slug, to.slug))
      }
    } else return
    event.preventDefault()
  }
  return (
    <Dialog label={t.value.goTo} onClose={close} className="box cmdk">
      <input
        class="field q"
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls="go-to-list"
        aria-activedescendant={`go-${chosen}`}
        aria-label={t.value.goToHint}
        placeholder={t.value.goToHint}
        value={query}
        onInput={(event) => {
          setQuery(event.currentTarget.value)
          setChosen(0)
        }}
        onKeyDown={onKey}
      />
      <Results found={found} chosen={chosen} />
    </Dialog>
  )
}

export function GoTo() {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const typing = event.target instanceof HTMLInputElement
      if ((event.key === 'k' && (event.ctrlKey || event.metaKey)) || (event.key === '/' && !typing)) {
        event.preventDefault()
        openGoTo()
      }
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  return open.value ? <Palette /> : null
}
