/** Chooses the page of the address, or the sign-in page. */
import { GoTo } from './components/go-to.tsx'
import { MoreMenu } from './components/more-menu.tsx'
import { Absent } from './components/page-frame.tsx'
import { Shell } from './components/shell.tsx'
import { ClientsPage } from './pages/lists/clients.tsx'
import { FindingsPage } from './pages/lists/findings.tsx'
import { MachinesPage } from './pages/lists/machines.tsx'
import { MachinePage } from './pages/machine/machine.tsx'
import { RawPage } from './pages/raw/raw.tsx'
import { SignInPage } from './pages/sign-in/sign-in.tsx'
import { TodayPage } from './pages/today/today.tsx'
import { route } from './router.ts'
import { session } from './state/session.ts'

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
    default:
      return <Absent />
  }
}

export function App() {
  if (session.value === 'asking') return null
  if (session.value === null) return <SignInPage />
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
