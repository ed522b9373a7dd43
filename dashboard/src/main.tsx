/** Entry of the dashboard: signs in from the link's fragment, then shows the page of the address. */
import './theme/all.css'
import { effect } from '@preact/signals'
import { render } from 'preact'
import { link } from './api/live.ts'
import { App } from './app.tsx'
import { startRouter } from './router.ts'
import { language, tickClock } from './state/session.ts'
import { signIn } from './state/sign-in.ts'
import { applyTheme } from './state/theme.ts'

const MINUTE_MS = 60_000

applyTheme()
startRouter()
effect(() => {
  document.documentElement.lang = language.value
})
setInterval(() => tickClock(link.value.state === 'live'), MINUTE_MS)

const app = document.getElementById('app')
if (app) render(<App />, app)
void signIn()
