/** Channels: who is told, through what, whether it is proven; a test, the delivery log, and how mail leaves. */
import { useState } from 'preact/hooks'
import type { ChannelMadeView, ChannelsView, ChannelView } from '../../../../shared/api/channels.ts'
import { remove } from '../../api/client.ts'
import { Command } from '../../components/copy-button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { DialogForm } from '../../components/dialog-form.tsx'
import { makeVisible } from '../../components/given.tsx'
import { Waiting } from '../../components/page-frame.tsx'
import { isOwner } from '../../state/rights.ts'
import { format, t } from '../../state/session.ts'
import { settingsTexts } from '../../state/settings-texts.ts'
import { ChannelForm } from './channel-form.tsx'
import { ChannelTable } from './channel-table.tsx'
import { DeliveryLog } from './delivery-log.tsx'
import { MailServer } from './mail-server.tsx'
import { useClients } from './person-form.tsx'
import { SettingsHead } from './settings.tsx'
import { useSettings } from './use-settings.ts'

/** What is asked: a new channel of a kind, a change, or to remove one. */
export type ChannelAsking =
  | { readonly kind: 'add'; readonly of: 'email' | 'webhook' }
  | { readonly kind: 'edit' | 'remove'; readonly channel: ChannelView }

export function ChannelsPage() {
  const { view, failure, slow, again } = useSettings<ChannelsView & { now?: number }>('/api/v1/channels')
  if (!view) return <Waiting failure={failure} slow={slow} />
  return <Channels view={view} again={again} />
}

function Channels({ view, again }: { view: ChannelsView; again: () => void }) {
  const texts = settingsTexts.value
  const clients = useClients()
  const [asking, setAsking] = useState<ChannelAsking | null>(null)
  const [secret, setSecret] = useState<string | null>(null)
  const unproven = view.channels.filter(({ health }) => health !== 'proven' && health !== 'off').length
  const close = (): void => setAsking(null)
  const made = (answer: ChannelMadeView): void => setSecret(answer.secret)
  return (
    <>
      <SettingsHead
        subject="channels"
        title={texts.channelsSays(view.channels.length, unproven, format.value)}
        under={view.isSending ? texts.channelsUnder : texts.channelsDemo}
        action={<AddButtons ask={setAsking} />}
      />
      {view.channels.length === 0 ? (
        <div class="empty">
          <strong>{texts.noChannels}</strong>
          {texts.noChannelsText}
        </div>
      ) : (
        <ChannelTable channels={view.channels} clients={clients} ask={setAsking} again={again} />
      )}
      {isOwner() && <MailServer />}
      <DeliveryLog clients={clients} />
      {asking !== null && asking.kind !== 'remove' && (
        <ChannelForm
          of={asking.kind === 'add' ? asking.of : asking.channel.kind}
          known={asking.kind === 'add' ? null : asking.channel}
          clients={clients}
          {...{ made, close }}
          onDone={again}
        />
      )}
      {asking?.kind === 'remove' && (
        <DialogForm
          title={texts.removeChannelAsk(makeVisible(asking.channel.name))}
          lead={texts.removeChannelText}
          doIt={texts.removeDo(makeVisible(asking.channel.name))}
          onDo={() => remove(`/api/v1/channels/${asking.channel.id}`)}
          onDone={again}
          close={close}
        />
      )}
      {secret !== null && <Secret secret={secret} close={() => setSecret(null)} />}
    </>
  )
}

function AddButtons({ ask }: { ask: (asking: ChannelAsking) => void }) {
  const texts = settingsTexts.value
  return (
    <>
      <button class="btn first" type="button" onClick={() => ask({ kind: 'add', of: 'email' })}>
        {`${texts.addChannel}: ${texts.addMail}`}
      </button>
      <button class="btn" type="button" onClick={() => ask({ kind: 'add', of: 'webhook' })}>
        {texts.addWebhook}
      </button>
    </>
  )
}

function Secret({ secret, close }: { secret: string; close: () => void }) {
  const texts = settingsTexts.value
  return (
    <Dialog label={texts.secretTitle} onClose={close} className="box roomy-box">
      <h2>{texts.secretTitle}</h2>
      <p class="soft">{texts.secretText}</p>
      <Command text={secret} label={texts.secretLabel} />
      <div class="acts">
        <button class="btn" type="button" onClick={close}>
          {t.value.close}
        </button>
      </div>
    </Dialog>
  )
}
