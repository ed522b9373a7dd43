/** Nobody is signed in: how to get in. Says nothing about what this server holds. */
import { Command } from '../../components/copy-button.tsx'
import { Brand } from '../../components/icon.tsx'
import { useTitle } from '../../components/page-frame.tsx'
import { t } from '../../state/session.ts'
import { linkRefused } from '../../state/sign-in.ts'

const COMMAND = 'npm run -s server -- user link YOU@EXAMPLE.ORG'

export function SignInPage() {
  const texts = t.value
  useTitle(texts.signInTitle)
  return (
    <main class="main alone" id="main">
      <Brand />
      <header class="head">
        <h1>{texts.signInTitle}</h1>
        {linkRefused.value && (
          <p class="under" role="alert">
            {texts.signInRefused}
          </p>
        )}
        <p class="under">{texts.signInText}</p>
      </header>
      <Command text={COMMAND} label={texts.onThisMachine} />
    </main>
  )
}
