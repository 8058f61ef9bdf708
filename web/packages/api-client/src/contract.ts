// What the server gives and takes, as the pages use it.

export type MatterClass = 'dispute' | 'hazard' | 'service' | 'environment' | 'suggestion' | 'petition' | 'enquiry'
export type Urgency = 'life' | 'urgent' | 'normal'
export type Light = 'green' | 'yellow' | 'red' | 'grey'
export type Stage =
  | 'reported'
  | 'awaiting_reporter'
  | 'screening'
  | 'dispatched'
  | 'awaiting_ruling'
  | 'handling'
  | 'mediating'
  | 'verifying'
  | 'follow_up'
  | 'closed'
export type Outcome =
  | 'done'
  | 'settled'
  | 'struck_off'
  | 'answered'
  | 'guided'
  | 'merged'
  | 'withdrawn'
  | 'not_supplied'
  | 'refused'
  | 'failed'
  | 'unfounded'
export type Source = 'resident' | 'grid_worker' | 'visit' | 'call' | 'talk_day' | 'inspection' | 'import'
export type Role =
  | 'grid_worker'
  | 'village_lead'
  | 'intake'
  | 'dispatcher'
  | 'supervisor'
  | 'director'
  | 'handler'
  | 'mediator'
  | 'overseer'
  | 'system_admin'
  | 'security_admin'
  | 'audit_admin'
export type UnitKind = 'centre' | 'department' | 'committee'
export type AreaLevel = 'province' | 'city' | 'county' | 'town' | 'village' | 'grid'

export interface Area {
  code: string
  name: string
  name_en?: string
  level: AreaLevel
  parent?: string | null
}
export interface AreaWithAncestors extends Area {
  ancestors: Area[]
}
export interface UnitRef {
  id: string
  name: string
  name_en?: string
}
export interface Unit extends UnitRef {
  name_en?: string
  kind: UnitKind
  level?: AreaLevel
  area: Area
}
export interface Category {
  code: string
  name: string
  name_en?: string
}
export interface Position {
  lon: number
  lat: number
}
export type Place = Position | { area: string }

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
}

export interface Now {
  stage: Stage
  outcome?: Outcome | null
  owed_by: { kind: 'unit' | 'reporter' | 'nobody'; unit?: UnitRef | null; role?: Role | null }
  due_at?: string | null
  provisional: boolean
  light?: Light | null
  days_left?: number | null
  paused_because?: string | null
}

export interface Photo {
  id: string
  kind: 'report' | 'before' | 'after' | 'other'
  at: string
}
export interface StoredPhoto {
  photo_id: string
  width: number
  height: number
}

export interface TimelineEntry {
  version: number
  at: string
  event: string
  actor: { kind: 'reporter' | 'staff' | 'system'; unit?: UnitRef | null; role?: Role | null; name?: string | null }
  words?: string | null
  photos: Photo[]
  params: Record<string, unknown>
}

export interface Guess {
  class: MatterClass
  category?: Category | null
  emergency: boolean
  accusation: boolean
}
export interface Contact {
  name?: string
  phone?: string
  email?: string
}
export interface Report {
  id: string
  place: Place
  words: string
  class?: MatterClass
  category?: string
  urgency?: Urgency
  address?: string
  photos?: string[]
  contact?: Contact
}
export interface StaffReport extends Report {
  source: Source
}
export interface Receipt {
  matter_id: string
  code: string
  number: string
  now: Now
}

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
export interface Follow {
  number: string
  class: MatterClass
  category?: Category | null
  stage: Stage
  outcome?: Outcome | null
  words: string
  address?: string | null
  place?: Position | null
  area: Area
  area_path: string
  reported_at: string
  photos: Photo[]
  now: Now
  steps: Step[]
  timeline: TimelineEntry[]
  can: string[]
  cannot: RefusedCommand[]
  reply?: { words: string; unit?: UnitRef | string | null; at: string } | null
  rating?: { answer: string; at?: string } | null
  merged_into?: { number: string } | null
  reopen_until?: string | null
  readers: { at: string; unit: UnitRef | string; purpose: string }[]
  version: number
}

export interface PublicFigures {
  area: Area
  months: { month: string; reported: number | null; handled: number | null }[]
  total: { reported: number | null; handled: number | null }
}

export interface CatalogueCategory {
  code: string
  name: string
  name_en?: string
  children?: CatalogueCategory[]
}
export interface CodedName {
  code: string
  name: string
  name_en?: string
}
export interface Catalogue {
  version: string | number
  classes: { class: MatterClass; letter: string; categories: CatalogueCategory[] }[]
  guide_routes: (CodedName & { contact?: string })[]
  suspend_reasons: CodedName[]
  return_bases: CodedName[]
  limits: Record<string, unknown>
}

export interface Me {
  account: { id: string; name: string; display_name: string }
  grants: { role: Role; unit: UnitRef & { kind: UnitKind }; area: Area }[]
  csrf: string
  now: string
}

export interface Row {
  id: string
  number: string
  version: number
  class: MatterClass
  category?: Category | null
  urgency: Urgency
  stage: Stage
  outcome?: Outcome | null
  source: Source
  area: Area
  area_path: string
  place?: Position | null
  preview: string
  photos: number
  now: Now
  reported_at: string
  changed_at: string
  urged: number
  supervision?: string | null
  rework: number
}
export interface RowPage {
  items: Row[]
  next?: string | null
  count: number
  count_capped: boolean
  more_lights?: Record<Light, number> | null
}
export interface SimilarRow extends Row {
  distance_m?: number | null
  common: string[]
  days_apart: number
}

export interface Limit {
  amount: number
  unit: 'working_days' | 'calendar_days' | 'hours' | 'minutes'
}
export interface Detail extends Row {
  words: string
  address?: string | null
  contact: { given: boolean; phone_masked?: string | null }
  photo_list: Photo[]
  lead?: UnitRef | null
  co_handlers: { unit: UnitRef; due_at?: string | null; answered: boolean }[]
  centre: UnitRef
  about_unit?: UnitRef | null
  clock?: {
    stage: Stage
    started_at: string
    due_at: string
    limit?: Limit | null
    citation?: string | null
    provisional: boolean
    paused?: { since: string; until?: string; reason: string } | null
  } | null
  returned: boolean
  extended: boolean
  extension?: { asked_until: string; reason: string } | null
  extension_asked?: number | null
  rework_asked?: boolean
  archived?: boolean
  ruled: boolean
  parent?: { id: string; number: string } | null
  children: { id: string; number: string }[]
  merged_into?: { id: string; number: string } | null
  merged_from: { id: string; number: string }[]
  links: { id: string; number: string }[]
  rating?: string | { answer: string; at?: string } | null
  reply?: { words: string; unit?: UnitRef | string | null; at: string } | null
}
export interface MatterPage {
  matter: Detail
  timeline: TimelineEntry[]
  allowed_commands: string[]
  refused_commands: RefusedCommand[]
  suggestion?: { unit: UnitRef; reason: string; citation: string; limit: Limit; due_at: string } | null
  /** How many people have it open, the reader counted. */
  others_here: number
}

export interface Command {
  type: string
  [field: string]: unknown
}
export interface CommandEnvelope {
  id: string
  base_version: number
  command: Command
}
export interface CommandAnswer {
  matter_id: string
  version: number
  stage: Stage
  repeated: boolean
  code?: string | null
}

export interface Figures {
  area: Area
  from: string
  to: string
  matters: { reported: number; handled: number }
  disputes: { found: number; settled: number; agreements: number; failures: number; refused: number; withdrawn: number }
  hazards: { found: number; struck_off: number; open: number }
  satisfaction: { asked: number; answered: number; satisfied: number }
  overdue: { now: number }
  rework: { matters: number }
  by_class: { class: MatterClass; reported: number; handled: number }[]
  trend: { month: string; reported: number; handled: number }[]
  children: {
    area: Area
    reported: number
    handled: number
    disputes_found: number
    disputes_settled: number
    hazards_found: number
    hazards_struck_off: number
  }[]
  formulas: Record<string, string>
}
export interface MapCell extends Position {
  count: number
  open: number
  class_counts: Partial<Record<MatterClass, number>>
}
