/** The account's menu: light or dark, all pages (a phone's bar holds only some), sign out. */
import { signal } from '@preact/signals'
import { remove } from '../api/client.ts'
import { disconnect } from '../api/live.ts'
import { clientTexts } from '../state/client-texts.ts'
import { isKeeper, isOwner } from '../state/rights.ts'
import { isOfClient, session, t } from '../state/session.ts'
import { setTheme, type Theme, theme } from '../state/theme.ts'
import { Dialog } from './dialog.tsx'

const open = signal(false)
export const openMore = (): void => {
  open.value = true
}
const close = (): void => {
  open.value = false
}

const THEMES: readonly (readonly [Theme, 'themeSystem' | 'themeLight' | 'themeDark'])[] = [
  ['system', 'themeSystem'],
  ['light', 'themeLight'],
  ['dark', 'themeDark'],
]

/** What the bar of a phone has no place for. */
const PAGES = [
  ['/findings', 'navFindings'],
  ['/machines', 'navMachines'],
] as const

async function signOut(): Promise<void> {
  close()
  await remove('/api/v1/session').catch(() => {})
  disconnect()
  session.value = null
}

export function MoreMenu() {
  if (!open.value) return null
  const texts = t.value
  return (
    <Dialog label={texts.navMore} onClose={close}>
      <fieldset class="ask">
        <legend class="meta">{texts.theme}</legend>
        <div class="seg">
          {THEMES.map(([value, label]) => (
            <label key={value}>
              <input type="radio" name="theme" checked={theme.value === value} onChange={() => setTheme(value)} />
              {texts[label]}
            </label>
          ))}
        </div>
      </fieldset>
      <div class="acts">
        {!isOfClient.value &&
          PAGES.map(([href, label]) => (
            <a key={href} class="btn" href={href} onClick={close}>
              {texts[label]}
            </a>
          ))}
        {isKeeper() && (
          <a class="btn" href={isOwner() ? '/settings/people' : '/settings/channels'} onClick={close}>
            {clientTexts.value.settings}
          </a>
        )}
        <button class="btn" type="button" onClick={signOut}>
          {texts.signOut}
        </button>
        <button class="btn bare" type="button" onClick={close}>
          {texts.close}
        </button>
      </div>
    </Dialog>
  )
}
