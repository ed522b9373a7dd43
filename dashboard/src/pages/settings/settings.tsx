/** Settings: one page per subject. People and this server are the owner's. */
import type { ComponentChildren } from 'preact'
import { useTitle } from '../../components/page-frame.tsx'
import { SETTINGS_SUBJECTS, type SettingsSubject } from '../../router.ts'
import { isOwner } from '../../state/rights.ts'
import { settingsTexts } from '../../state/settings-texts.ts'
import { AgentsPage } from './agents.tsx'
import { ChannelsPage } from './channels.tsx'
import { PeoplePage } from './people.tsx'
import { PoliciesPage } from './policies.tsx'
import { ServerPage } from './server.tsx'

const OWNERS: ReadonlySet<SettingsSubject> = new Set(['people', 'server'])

export function SettingsPage({ subject }: { subject: SettingsSubject }) {
  switch (subject) {
    case 'people':
      return <PeoplePage />
    case 'channels':
      return <ChannelsPage />
    case 'agents':
      return <AgentsPage />
    case 'policies':
      return <PoliciesPage />
    case 'server':
      return <ServerPage />
  }
}

/** Head and tabs of a settings page. `action`: its one primary button. */
export function SettingsHead({
  subject,
  title,
  under,
  action,
}: {
  subject: SettingsSubject
  title: string
  under: string
  action?: ComponentChildren
}) {
  const texts = settingsTexts.value
  useTitle(`${texts[`tab_${subject}`]} · ${texts.settings}`)
  const shown = SETTINGS_SUBJECTS.filter((one) => isOwner() || !OWNERS.has(one))
  return (
    <>
      <header class="head">
        <p class="meta">{texts.settings}</p>
        <div class="headrow">
          <div>
            <h1>{title}</h1>
            <p class="under">{under}</p>
          </div>
          {action !== undefined && <div class="acts">{action}</div>}
        </div>
      </header>
      <nav class="tabs" aria-label={texts.settings}>
        {shown.map((one) => (
          <a key={one} href={`/settings/${one}`} {...(one === subject ? { 'aria-current': 'page' as const } : {})}>
            {texts[`tab_${one}`]}
          </a>
        ))}
      </nav>
    </>
  )
}
