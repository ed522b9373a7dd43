/** The frame of every page: side bar on a laptop, top and bottom bars on a phone. */
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import type { TodayView } from '../../../shared/api/views.ts'
import { link } from '../api/live.ts'
import { type Route, route } from '../router.ts'
import { format, session, t } from '../state/session.ts'
import { summarize, summary } from '../state/summary.ts'
import { useView } from '../state/use-view.ts'
import { visitTexts } from '../state/visit-texts.ts'
import { Given } from './given.tsx'
import { openGoTo } from './go-to.tsx'
import { Brand, Icon, type IconName } from './icon.tsx'
import { LostBar } from './lost-bar.tsx'
import { Mark } from './mark.tsx'
import { openMore } from './more-menu.tsx'

type Link = {
  href: string
  icon: IconName
  page: Route['page']
  /** Absent: visits have texts of their own. */
  label?: 'navToday' | 'navClients' | 'navFindings' | 'navMachines'
}

const labelOf = ({ label }: Link): string => (label === undefined ? visitTexts.value.visits.nav : t.value[label])
const LINKS: readonly Link[] = [
  { href: '/', icon: 'today', page: 'today', label: 'navToday' },
  { href: '/clients', icon: 'clients', page: 'clients', label: 'navClients' },
  { href: '/visits', icon: 'visits', page: 'visits' },
  { href: '/findings', icon: 'findings', page: 'findings', label: 'navFindings' },
  { href: '/machines', icon: 'machines', page: 'machines', label: 'navMachines' },
]

/** Whether the page is of this link. */
const isHere = ({ page }: Link): boolean => (PARENTS[route.value.page] ?? route.value.page) === page

function Count({ page }: { page: Route['page'] }) {
  const counts = summary.value
  if (counts === null) return null
  const shown = { today: counts.urgent, clients: counts.clients, findings: counts.open, machines: counts.machines }[
    page as 'today'
  ]
  if (!shown) return null
  return <span class={page === 'today' ? 'count hot' : 'count'}>{format.value.count(shown)}</span>
}

function NavLink({ to }: { to: Link }) {
  const here = isHere(to)
  return (
    <a href={to.href} {...(here ? { 'aria-current': 'page' as const } : {})}>
      <Icon name={to.icon} />
      {labelOf(to)}
      <Count page={to.page} />
    </a>
  )
}

/** Live, or that the page may be old; the bar that floats says since when. Nothing greys out: old facts stay readable. */
export function LinkState() {
  const texts = t.value
  if (link.value.state === 'live') return <span class="live">{texts.live}</span>
  return (
    <span class="live lost">
      <Mark standing="not-proven" />
      {texts.lost}
    </span>
  )
}

function Side() {
  const texts = t.value
  const needs = summary.value?.needs ?? []
  return (
    <header class="side">
      <Brand />
      <button class="jump" type="button" onClick={openGoTo}>
        <Icon name="search" />
        {texts.goTo}
        <kbd>Ctrl K</kbd>
      </button>
      <nav class="nav" aria-label={texts.navMain}>
        {LINKS.map((to) => (
          <NavLink key={to.href} to={to} />
        ))}
      </nav>
      {needs.length > 0 && (
        <nav class="nav" aria-label={texts.needsYou}>
          <p class="cap">{texts.needsYou}</p>
          {needs.map((need) => (
            <a key={need.href} href={need.href}>
              <Mark standing="urgent" />
              <span class="who">
                <Given text={need.name} />
              </span>
            </a>
          ))}
        </nav>
      )}
      <div class="self">
        <LinkState />
        {session.value !== null && session.value !== 'asking' && (
          <button class="btn bare" type="button" onClick={openMore}>
            <Given text={session.value.person.name} />
          </button>
        )}
      </div>
    </header>
  )
}

/** The bar of a phone holds five (ui.md 8); findings and machines are reached by *Go to* and *More*. */
const ON_PHONE: readonly Route['page'][] = ['today', 'clients', 'visits']
/** A visit stands under Visits. */
const PARENTS: { readonly [P in Route['page']]?: Route['page'] } = { visit: 'visits', walk: 'visits', report: 'visits' }

function Foot() {
  const texts = t.value
  return (
    <nav class="foot" aria-label={`${texts.navMain} 2`}>
      {LINKS.filter((to) => ON_PHONE.includes(to.page)).map((to) => (
        <a key={to.href} href={to.href} {...(isHere(to) ? { 'aria-current': 'page' as const } : {})}>
          <Icon name={to.icon} />
          {labelOf(to)}
        </a>
      ))}
      <button type="button" onClick={openGoTo}>
        <Icon name="search" />
        {texts.goTo}
      </button>
      <button type="button" onClick={openMore}>
        <Icon name="more" />
        {texts.navMore}
      </button>
    </nav>
  )
}

/** Keeps the counts beside the navigation true on pages that do not show Today's answer themselves. */
function Counting() {
  const { view } = useView<TodayView>('/api/v1/today')
  useEffect(() => {
    if (view) summarize(view)
  }, [view])
  return null
}

export function Shell({ children }: { children: ComponentChildren }) {
  return (
    <>
      <a class="skip" href="#main">
        {t.value.skip}
      </a>
      <div class="shell">
        <header class="bar">
          <Brand />
          <LinkState />
        </header>
        <Side />
        <main class="main" id="main" tabIndex={-1}>
          {children}
        </main>
        {route.value.page !== 'today' && <Counting />}
        <LostBar />
        <Foot />
      </div>
    </>
  )
}
