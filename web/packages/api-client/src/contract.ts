// What the server gives and takes, by the names that the pages use. The shapes come from the interface's own document.
import type { components } from './schema'

type Schemas = components['schemas']

export type MatterClass = Schemas['Class']
export type Urgency = Schemas['Urgency']
export type Light = Schemas['Light']
export type Stage = Schemas['Stage']
export type Outcome = Schemas['Outcome']
export type Source = Schemas['Source']
export type Role = Schemas['Role']
export type UnitKind = Schemas['UnitKind']
export type AreaLevel = Schemas['AreaLevel']

/** No division has an English name in the tables; a site may give some of its own. */
export type Area = Schemas['AreaView'] & { name_en?: string }
export type AreaWithAncestors = Schemas['AreaPage']
export type UnitRef = Schemas['UnitRef']
export type Unit = Schemas['UnitView']
export type Category = Schemas['CategoryRef']
export type Position = Schemas['Point']
export type Place = Position | { area: string }

/** As the pages know it: `readSite` says where it differs from what the server calls it. */
export interface Site {
  name: string
  name_en?: string
  /** The division it is the site of. */
  region: string
  now: string
  zone: string
  demo: boolean
  sketch_map: boolean
  centre?: Position | null
  bounds?: [number, number, number, number] | null
  privacy_notice_version: string | number
  /** It was restored from a copy: what was reported between the two moments is lost. */
  restored?: Schemas['RestoredView'] | null
}

export type Now = Schemas['Now']
export type Photo = Schemas['PhotoView']
export type StoredPhoto = Schemas['Taken']

/** An event's name stays open: a page that was opened before an update still tells what it does not know. */
export type TimelineEntry = Omit<Schemas['EntryView'], 'event' | 'params' | 'actor'> & {
  event: string
  actor: { kind: 'reporter' | 'party' | 'staff' | 'system'; party?: number | null; unit?: UnitRef | null; role?: Role | null; name?: string | null }
  params: Record<string, unknown>
}

export type Guess = Schemas['Guessed']
export type Contact = Schemas['Contact']
export type Report = Schemas['Reported']
export type StaffReport = Schemas['RecordedReport']
export type Receipt = Schemas['Receipt']
export type DossierPage = Schemas['DossierView']

export interface RefusedCommand {
  command: string
  code: string
  params?: Record<string, unknown>
}
export type StepName = 'received' | 'dispatched' | 'handling' | 'verifying' | 'rating'
export interface Step {
  step: StepName
  state: 'done' | 'current' | 'todo'
  at?: string | null
}
export type ReporterCommand = 'supply' | 'urge' | 'rate' | 'reopen' | 'withdraw'
export type Follow = Omit<Schemas['Follow'], 'steps' | 'timeline' | 'can' | 'cannot'> & {
  steps: Step[]
  timeline: TimelineEntry[]
  can: string[]
  cannot: RefusedCommand[]
}

export type PublicFigures = Schemas['NumbersView']
export type CatalogueCategory = Schemas['CategoryView']
export type CodedName = Pick<Schemas['Choice'], 'code' | 'name' | 'name_en'>
export type Catalogue = Schemas['CatalogueView']
export type Me = Schemas['Me']

export type Row = Schemas['RowView']
export type RowPage = Schemas['MatterList']
export type SimilarRow = Schemas['SimilarView']
export type Limit = Schemas['Limit']
export type Detail = Schemas['Detail']
export type MatterPage = Omit<Schemas['MatterPage'], 'timeline' | 'allowed_commands' | 'refused_commands'> & {
  timeline: TimelineEntry[]
  allowed_commands: string[]
  refused_commands: RefusedCommand[]
}

/** Forms build commands field by field; the server says which fields each takes. */
export interface Command {
  type: string
  [field: string]: unknown
}
export interface CommandEnvelope {
  id: string
  base_version: number
  command: Command
}
export type CommandAnswer = Schemas['Done']

export type TalkTime = Schemas['TalkTimeView']
export type PublishedTalkDay = Schemas['PublishedDayView']
export type PublicTalkDays = Schemas['PublicTalkDays']
export type TalkDayRow = Schemas['TalkDayRowView']
export type TalkDayPage = Schemas['TalkDayPage']
export type TalkItem = Schemas['ItemView']
export type TalkPlace = Schemas['TalkPlaceView']
export type TalkPlan = Schemas['Plan']
export type TalkCommand = Schemas['TalkCommand']
export type TalkDone = Schemas['TalkDone']
export type TalkRule = Schemas['TalkRule']
export type TalkPlaceGiven = Schemas['TalkPlaceGiven']
export type TalkHabits = Schemas['HabitsView']
export type Topic = Schemas['Topic']

export type Figures = Schemas['Figures']
export type MonthTable = Schemas['MonthTable']
export type MonthLine = Schemas['Line']

export type Calendar = Schemas['CalendarView']
export type Sitting = Schemas['SittingView']
export type TalkEntry = Schemas['TalkEntryView']
export type MapCell = Schemas['CellView']

export type Register = 'mediators' | 'committees' | 'studios' | 'methods'
export type Finding = Schemas['FindingView']
export type Mediator = Schemas['MediatorView']
export type MediatorList = Schemas['MediatorList']
export type MediatorWritten = Schemas['MediatorWritten']
export type Committee = Schemas['CommitteeView']
export type CommitteeList = Schemas['CommitteeList']
export type CommitteeWritten = Schemas['Committee']
export type Method = Schemas['MethodView']
export type MethodList = Schemas['MethodList']
export type MethodStep = Schemas['MethodStep']
export type MethodWritten = Schemas['MethodWritten']
export type Studio = Schemas['StudioView']
export type StudioWritten = Schemas['StudioWritten']
export type RegisterChange = Schemas['ChangeView']
export type SuggestedMediator = Schemas['SuggestedMediator']
