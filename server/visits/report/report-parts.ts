/** The parts of a visit report and its annexes, as worded rows (visit-report.ts is the whole). Pure types. */
import type { Standing } from '../../../shared/severity.ts'

/** A label with its colon, and what it labels: `Our advice:`, `Replace`. */
export type Labeled = { readonly label: string; readonly text: string }

/** Text of a cell, with a mark before it when `state` is not null. */
export type MarkedText = { readonly state: Standing | null; readonly text: string }

/** A statement with its proof or reason under it. */
export type ReportItem = { readonly state: Standing; readonly text: string; readonly detail: string | null }

/** Heading of each column, keyed as the cells of a row. */
type Columns<Keys extends string> = { readonly [K in Keys]: string }

/** Part 2: what we ask you to decide; also the short table on the cover. */
export type DecisionsPart = {
  readonly heading: string
  /** Headings of the table on the cover. */
  readonly columns: Columns<'what' | 'cost' | 'answer'>
  /** The first five stand on the cover. */
  readonly items: readonly Decision[]
  /** Said when there are no items; else not printed. */
  readonly none: string
}

/** One question to the manager, with its price and its date. */
export type Decision = {
  /** The question, one line. */
  readonly what: string
  readonly why: string
  /** What happens if nothing is done. */
  readonly inaction: Labeled
  /** Range in money: `3 200 to 4 800 €`. */
  readonly cost: string
  /** Under the cost; null: none. */
  readonly costNote: string | null
  readonly advice: Labeled | null
  /** `Before 15 December 2026`; null: no date. */
  readonly due: string | null
  readonly answer: DecisionAnswer
}

/** The manager's answer. `short` stands on the cover: `Do, decided`; `before 15 December 2026`. */
export type DecisionAnswer =
  | {
      readonly kind: 'decided'
      /** Mark before the choice: what is to be done is good, an accepted risk is one; null: put off, nothing is settled. */
      readonly state: 'good' | 'accepted' | null
      readonly short: string
      /** `Do`. */
      readonly choice: string
      /** Goes on after the choice: `decided by Luc Aubertin, manager, on 24 November 2026; two disks are bought by 31 December.` */
      readonly text: string
    }
  | {
      readonly kind: 'open'
      readonly short: string
      /** Words beside the boxes to tick; a line to write on follows those that ask for a date. */
      readonly boxes: readonly { readonly text: string; readonly blank: boolean }[]
      /** Word before the line to sign on. */
      readonly signature: string
    }

/** Part 3: since the last visit. */
export type ChangesPart = {
  readonly heading: string
  /** Solved, new, worse, promised and done or not, …; groups without items are left out by who fills this. */
  readonly groups: readonly {
    /** With its count: `Solved, 8`. */
    readonly heading: string
    readonly items: readonly ReportItem[]
    /** `and 4 more, in the annex`; null: all are listed. */
    readonly rest: string | null
  }[]
  /** Said when there are no groups; else not printed. */
  readonly none: string
  readonly outages: Labeled | null
  /** Open points at the last visits, oldest first, this one last; null: fewer than two visits. */
  readonly trend: {
    readonly caption: string
    readonly alt: string
    readonly points: readonly { readonly label: string; readonly value: number }[]
  } | null
}

/** Part 4: backup truth table. */
export type BackupPart = {
  readonly heading: string
  readonly columns: Columns<
    'state' | 'machine' | 'tool' | 'lastGood' | 'workLost' | 'copies' | 'where' | 'encrypted' | 'restoreTest'
  >
  readonly rows: readonly BackupRow[]
  /** Sum over the machines and the time of the ages. */
  readonly note: string
  /** Servers and other important machines: if it burns, if everything is encrypted, if it is stolen. */
  readonly disasters: readonly {
    readonly heading: string
    readonly columns: Columns<'event' | 'restoredFrom' | 'keptUntil' | 'backAfter'>
    readonly rows: readonly {
      readonly event: string
      readonly restoredFrom: MarkedText
      readonly keptUntil: MarkedText
      readonly backAfter: MarkedText
    }[]
  }[]
}

/** One machine, or several that stand alike, in the backup table. */
export type BackupRow = {
  /** Urgent rows stand on a grey ground: a machine without a backup is never a blank. */
  readonly state: Standing
  readonly machine: string
  readonly tool: string
  readonly lastGood: string
  readonly workLost: string
  readonly copies: string
  readonly where: string
  /** Under `where`; null: nothing to add. */
  readonly note: string | null
  readonly encrypted: string
  readonly restoreTest: string
}

/** Part 5: machines, sorted by what needs doing. */
export type MachinesPart = {
  readonly heading: string
  readonly columns: Columns<
    'state' | 'machine' | 'disk' | 'fullIn' | 'patchAge' | 'antivirus' | 'encrypted' | 'supportUntil' | 'action'
  >
  readonly rows: readonly MachineRow[]
  /** Under the table; null: nothing to add. */
  readonly note: string | null
}

/** One machine, or several that stand alike. */
export type MachineRow = {
  readonly state: Standing
  readonly machine: string
  /** Under the name: `laptop, 5 years`; null: not known. */
  readonly kind: string | null
  readonly disk: string
  readonly fullIn: string
  readonly patchAge: string
  readonly antivirus: string
  readonly encrypted: string
  readonly supportUntil: string
  readonly action: string
}

/** Part 9. */
export type AcceptedRisksPart = {
  readonly heading: string
  readonly columns: Columns<'risk' | 'who' | 'reason' | 'until'>
  readonly rows: readonly {
    readonly risk: string
    readonly who: string
    readonly reason: string
    readonly until: string
  }[]
  /** Said when there are no rows; else not printed. */
  readonly none: string
}

/** Part 10: what happens next. */
export type NextPart = {
  readonly heading: string
  readonly actions: {
    readonly columns: Columns<'what' | 'who' | 'due'>
    readonly rows: readonly { readonly what: string; readonly who: string; readonly due: string }[]
    readonly none: string
  }
  /** Done on this visit, with minutes; null: nothing recorded. */
  readonly done: {
    /** With the total: `Done today, 2 h 00`. */
    readonly heading: string
    readonly columns: Columns<'what' | 'duration'>
    readonly rows: readonly { readonly what: string; readonly duration: string }[]
  } | null
  /** Dates of the next twelve months; null: none known. */
  readonly dates: {
    readonly heading: string
    readonly columns: Columns<'date' | 'what'>
    readonly rows: readonly { readonly date: string; readonly what: string }[]
  } | null
  readonly nextVisit: Labeled | null
}

/** Part 11: what we could not see. */
export type UnseenPart = {
  readonly heading: string
  /** What is not proven, with its reason and the way out. */
  readonly items: readonly ReportItem[]
  /** Said when there are no items; else not printed. */
  readonly none: string
  readonly coverage: {
    readonly columns: Columns<'measured' | 'amount'>
    readonly rows: readonly { readonly measured: string; readonly amount: string }[]
  }
  /** Not proven, accepted, declared: what the words mean, in one paragraph. */
  readonly glossary: string
  /** How to verify the file offline. */
  readonly verify: string
}

/** Annex: minutes. `markdown`: paragraphs, `- ` lists, `**bold**`, `*emphasis*`; everything else is literal. */
export type MinutesAnnex = { readonly heading: string; readonly markdown: string }

/** Annex: method and glossary. */
export type MethodAnnex = {
  readonly heading: string
  readonly paragraphs: readonly string[]
  readonly lists: readonly { readonly heading: string; readonly entries: readonly Labeled[] }[]
}

/** Annex: attestations of the snapshot. */
export type AttestationsAnnex = {
  readonly heading: string
  readonly text: string
  readonly columns: Columns<'state' | 'machine' | 'attestedAt' | 'key' | 'digest'>
  readonly rows: readonly {
    /** good: signature checked; not-proven: none arrived, or it did not check. */
    readonly state: Standing
    readonly machine: string
    readonly attestedAt: string
    /** Fingerprint of the agent's key. */
    readonly key: string
    /** First digits of the hash of what was signed. */
    readonly digest: string
  }[]
}
