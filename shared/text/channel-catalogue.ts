/** The texts of messages by language, with the spacing of the language applied to whole sentences. Pure. */
import type { ChannelText } from './channel-text.ts'
import { channel as en } from './en/channel.ts'
import type { Language } from './format.ts'
import { channel as fr } from './fr/channel.ts'
import { typeset } from './typeset.ts'

const CHANNEL: { readonly [L in Language]: ChannelText } = { en, fr }

/** @returns the texts of messages in one language. */
export function channelText(language: Language): ChannelText {
  const text = CHANNEL[language]
  const say = (sentence: string) => typeset(language, sentence)
  return {
    ...text,
    subject: (names, f) => say(text.subject(names, f)),
    lead: {
      alert: (names, f) => say(text.lead.alert(names, f)),
      reminder: (names, f) => say(text.lead.reminder(names, f)),
      recovery: (names, f) => say(text.lead.recovery(names, f)),
    },
    visit: {
      subject: (names) => say(text.visit.subject(names)),
      lead: (names) => say(text.visit.lead(names)),
      heading: (names) => say(text.visit.heading(names)),
      prepare: say(text.visit.prepare),
      footer: say(text.visit.footer),
    },
    since: (moment) => say(text.since(moment)),
    solvedAt: (moment, span) => say(text.solvedAt(moment, span)),
    more: (n, f) => say(text.more(n, f)),
    number: (n, f) => say(text.number(n, f)),
    footer: (channel) => say(text.footer(channel)),
    testSubject: (channel) => say(text.testSubject(channel)),
    testBody: (channel) => say(text.testBody(channel)),
  }
}
