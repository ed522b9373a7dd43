/** Chooses the page of the address, or the sign-in page. */
import { GoTo } from './components/go-to.tsx'
import { later } from './components/later.tsx'
import { MoreMenu } from './components/more-menu.tsx'
import { Absent } from './components/page-frame.tsx'
import { PortalShell } from './components/portal-shell.tsx'
import { Shell } from './components/shell.tsx'
import { ClientPage } from './pages/client/client.tsx'
import { ClientsPage } from './pages/clients/clients.tsx'
import { FindingPage } from './pages/finding/finding.tsx'
import { FindingsPage } from './pages/lists/findings.tsx'
import { MachinesPage } from './pages/lists/machines.tsx'
import { MachinePage } from './pages/machine/machine.tsx'
import { RawPage } from './pages/raw/raw.tsx'
import { SignInPage } from './pages/sign-in/sign-in.tsx'
import { TodayPage } from './pages/today/today.tsx'
import { route } from './router.ts'
import { isOfClient, session } from './state/session.ts'

/** Pages that not everybody opens every day come when they are opened. */
const VisitsPage = later(() => import('./pages/visits/visits.tsx').then((page) => page.VisitsPage))
const VisitPage = later(() => import('./pages/visit/visit.tsx').then((page) => page.VisitPage))
const WalkPage = later(() => import('./pages/visit/walk-page.tsx').then((page) => page.WalkPage))
const ReportPage = later(() => import('./pages/visit/report-page.tsx').then((page) => page.ReportPage))
const PortalPage = later(() => import('./pages/portal/portal.tsx').then((page) => page.PortalPage))
const OwnPortal = later(() => import('./pages/portal/portal.tsx').then((page) => page.OwnPortal))
const SettingsPage = later(() => import('./pages/settings/settings.tsx').then((page) => page.SettingsPage))

function Page() {
  const here = route.value
  switch (here.page) {
    case 'today':
      return <TodayPage />
    case 'machine':
      return <MachinePage client={here.client} machine={here.machine} />
    case 'raw':
      return <RawPage client={here.client} machine={here.machine} check={here.check} />
    case 'machines':
      return <MachinesPage />
    case 'findings':
      return <FindingsPage />
    case 'clients':
      return <ClientsPage />
    case 'client':
      return <ClientPage client={here.client} tab={here.tab} />
    case 'finding':
      return <FindingPage client={here.client} number={here.number} />
    case 'settings':
      return <SettingsPage subject={here.subject} />
    case 'visits':
      return <VisitsPage />
    case 'visit':
      return <VisitPage client={here.client} date={here.date} />
    case 'walk':
      return <WalkPage client={here.client} date={here.date} />
    case 'report':
      return <ReportPage client={here.client} date={here.date} />
    default:
      return <Absent />
  }
}

/** A client's own people: the page of their company, and its reports. Every other address is as if there were none. */
function OwnPage() {
  const here = route.value
  if (here.page === 'today') return <OwnPortal />
  if (here.page === 'client' && here.tab === 'overview') return <PortalPage client={here.client} />
  return here.page === 'report' ? <ReportPage client={here.client} date={here.date} /> : <Absent />
}

export function App() {
  if (session.value === 'asking') return null
  if (session.value === null) return <SignInPage />
  if (isOfClient.value)
    return (
      <>
        <PortalShell>
          <OwnPage />
        </PortalShell>
        <MoreMenu />
      </>
    )
  return (
    <>
      <Shell>
        <Page />
      </Shell>
      <GoTo />
      <MoreMenu />
    </>
  )
}
