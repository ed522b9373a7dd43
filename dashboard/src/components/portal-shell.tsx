/** The frame of a client's own people: parts of one page, no list of anything else. */
import type { ComponentChildren } from 'preact'
import { session, t } from '../state/session.ts'
import { visitTexts } from '../state/visit-texts.ts'
import { Given } from './given.tsx'
import { Brand, Icon, type IconName } from './icon.tsx'
import { LostBar } from './lost-bar.tsx'
import { openMore } from './more-menu.tsx'
import { LinkState } from './shell.tsx'

type Part = {
  readonly id: string
  readonly icon: IconName
  readonly label: 'navOverview' | 'navDecisions' | 'navReports' | 'navMachines' | 'navData'
}
const PARTS: readonly Part[] = [
  { id: 'main', icon: 'today', label: 'navOverview' },
  { id: 'decisions', icon: 'findings', label: 'navDecisions' },
  { id: 'reports', icon: 'visits', label: 'navReports' },
  { id: 'machines', icon: 'machines', label: 'navMachines' },
  { id: 'data', icon: 'clients', label: 'navData' },
]

/** Links within the page: the browser goes there by itself. */
const links = (parts: readonly Part[]) =>
  parts.map(({ id, icon, label }) => (
    <a key={id} href={`#${id}`}>
      <Icon name={icon} />
      {visitTexts.value.portal[label]}
    </a>
  ))

export function PortalShell({ children }: { children: ComponentChildren }) {
  const texts = t.value
  const who = session.value === null || session.value === 'asking' ? null : session.value.person.name
  return (
    <>
      <a class="skip" href="#main">
        {texts.skip}
      </a>
      <div class="shell">
        <header class="bar">
          <Brand />
          <LinkState />
        </header>
        <header class="side">
          <Brand />
          <nav class="nav" aria-label={texts.navMain}>
            {links(PARTS)}
          </nav>
          <div class="self">
            <LinkState />
            {who !== null && (
              <button class="btn bare" type="button" onClick={openMore}>
                <Given text={who} />
              </button>
            )}
          </div>
        </header>
        <main class="main" id="main" tabIndex={-1}>
          {children}
        </main>
        <LostBar />
        <nav class="foot" aria-label={`${texts.navMain} 2`}>
          {links(PARTS.filter(({ id }) => id !== 'data'))}
          <button type="button" onClick={openMore}>
            <Icon name="more" />
            {texts.navMore}
          </button>
        </nav>
      </div>
    </>
  )
}
