// The commands of a mediation, in the order in which it goes: whether, with whom, the talking, what came of it.

import type { CommandRow, Field } from './table'

const words: Field = { name: 'words', kind: 'words', required: true, rows: 4 }
const reason: Field = { name: 'reason', kind: 'words', required: true, rows: 3 }
const party: Field = { name: 'party', kind: 'party', required: true }
const session: Field = { name: 'session', kind: 'session', required: true }
const startsAt: Field = { name: 'starts_at', kind: 'moment', required: true }
const minutes: Field = { name: 'minutes', kind: 'number', required: true, most: 480, start: 60 }
const form: Field = { name: 'form', kind: 'choice', required: true, options: ['together', 'apart'], label: 'session_form' }
const apartWith: Field = { ...party, name: 'with', when: { field: 'form', is: ['apart'] } }
const venue: Field = {
  name: 'venue',
  kind: 'choice',
  required: true,
  options: ['committee', 'talk_room', 'doorstep', 'place', 'remote', 'elsewhere'],
  start: 'committee',
}
const agreement: Field = { name: 'version', kind: 'agreement', required: true }
const photos: Field = { name: 'photos', kind: 'photos' }
const facts: Field = { name: 'facts', kind: 'words', required: true, rows: 5 }
const clauses: Field = { name: 'clauses', kind: 'clauses', required: true, most: 30 }
const spokenWays = ['spoken', 'phone', 'paper'] as const
const yesOrNo = ['yes', 'no'] as const

/** What carries a mediation on. */
export const mediationSteps: readonly CommandRow[] = [
  {
    type: 'accept_mediation',
    steps: ['opened'],
    fields: [
      {
        name: 'origin',
        kind: 'choice',
        required: true,
        options: ['application', 'own_initiative', 'court', 'procuratorate', 'police', 'petition_office', 'other'],
        start: 'application',
      },
      { name: 'parties', kind: 'party_list', most: 20, label: 'party_list' },
    ],
  },
  {
    type: 'record_consent',
    steps: ['consent'],
    fields: [
      { name: 'parties', kind: 'parties', required: true, among: 'without_consent' },
      { name: 'way', kind: 'choice', required: true, options: spokenWays, start: 'spoken' },
      { name: 'rights', kind: 'choice', required: true, options: spokenWays, start: 'spoken' },
    ],
  },
  {
    type: 'answer_safety',
    steps: ['consent', 'talks'],
    fields: [
      { ...party, among: 'may_answer_safety' },
      { name: 'violence', kind: 'choice', required: true, options: yesOrNo },
    ],
  },
  {
    type: 'set_session',
    steps: ['talks'],
    fields: [
      startsAt,
      minutes,
      form,
      apartWith,
      venue,
      { name: 'place', kind: 'words', rows: 1, label: 'session_place' },
      { name: 'open', kind: 'choice', options: yesOrNo, start: 'no', needs: 'open_sessions' },
    ],
  },
  {
    type: 'hold_session',
    steps: ['talks'],
    fields: [
      { name: 'session', kind: 'session', needs: 'set_session', orNone: true, label: 'session_held' },
      { name: 'started_at', kind: 'moment', past: true },
      { ...minutes, label: 'minutes_taken' },
      { ...form, when: { field: 'session', is: [undefined] } },
      { ...apartWith, when: { field: 'form', is: ['apart'] } },
      { ...venue, when: { field: 'session', is: [undefined] } },
      { name: 'present', kind: 'parties', required: true },
      { name: 'participants', kind: 'participants', needs: 'participants' },
      { ...words, label: 'words_record', rows: 7 },
      { ...photos, label: 'photos_record' },
    ],
  },
  { type: 'propose_agreement', steps: ['talks'], fields: [facts, clauses] },
  { type: 'agree_orally', steps: ['talks'], fields: [facts, clauses] },
  {
    type: 'sign_on_paper',
    steps: ['signing'],
    fields: [agreement, { ...party, among: 'without_signature' }, { ...photos, required: true, label: 'photos_signed' }],
  },
  { type: 'seal_agreement', steps: ['signing'], fields: [agreement] },
  {
    type: 'record_performance',
    fields: [
      { name: 'clause', kind: 'clause', required: true },
      {
        name: 'result',
        kind: 'choice',
        required: true,
        options: ['performed', 'not_performed'],
        label: 'performance',
      },
      { name: 'on', kind: 'date', past: true, when: { field: 'result', is: ['performed'] } },
      { ...words, required: false, label: 'words_performance' },
      { ...photos, label: 'photos_performance' },
    ],
  },
  {
    type: 'record_confirmation',
    fields: [
      {
        name: 'result',
        kind: 'choice',
        required: true,
        options: ['confirmed', 'dismissed', 'inadmissible'],
        label: 'confirmation',
      },
      { ...words, label: 'words_court' },
    ],
  },
  {
    type: 'answer_hand_over',
    fields: [
      { name: 'accept', kind: 'choice', required: true, options: yesOrNo },
      { ...words, label: 'words_said_there' },
    ],
  },
  {
    type: 'report_result',
    fields: [
      { name: 'settled', kind: 'choice', required: true, options: yesOrNo },
      { ...words, label: 'words_decided' },
    ],
  },
]

/** What may be done at any time beside it. */
export const mediationBeside: readonly CommandRow[] = [
  {
    type: 'decline_mediation',
    warn: true,
    fields: [
      { name: 'bar', kind: 'choice', required: true, options: ['at_court', 'at_authority', 'reserved'] },
      { ...words, label: 'words_to_parties' },
    ],
  },
  { type: 'add_party', fields: [{ name: 'party', kind: 'party_given', required: true, label: 'party_new' }] },
  {
    type: 'correct_party',
    fields: [
      { ...party, name: 'no', label: 'party_which' },
      { name: 'party', kind: 'party_given', required: true, label: 'party_right' },
    ],
  },
  {
    type: 'note_identity',
    fields: [
      party,
      {
        name: 'paper',
        kind: 'choice',
        required: true,
        options: ['resident_card', 'household_register', 'passport', 'business_licence', 'other'],
        label: 'identity_paper',
      },
    ],
  },
  { type: 'replace_party_code', fields: [party, { ...reason, label: 'reason_identity' }] },
  { type: 'name_mediator', fields: [{ name: 'mediator', kind: 'mediator', required: true }] },
  { type: 'declare_conflict', warn: true, fields: [{ ...reason, label: 'reason_conflict' }] },
  {
    type: 'ask_parties',
    inside: 'about',
    fields: [
      {
        name: 'kind',
        kind: 'choice',
        required: true,
        options: ['participant', 'open_sessions', 'extension', 'confirmation'],
        label: 'about',
      },
      {
        name: 'role',
        kind: 'choice',
        required: true,
        options: ['relative', 'neighbour', 'colleague', 'expert', 'lawyer', 'interpreter', 'other'],
        label: 'participant',
        when: { field: 'kind', is: ['participant'] },
      },
      {
        name: 'name',
        kind: 'words',
        required: true,
        rows: 1,
        label: 'participant_name',
        when: { field: 'kind', is: ['participant'] },
      },
      {
        name: 'days',
        kind: 'number',
        required: true,
        most: 30,
        start: 10,
        label: 'days_more',
        when: { field: 'kind', is: ['extension'] },
      },
      { name: 'court', kind: 'words', rows: 1, when: { field: 'kind', is: ['confirmation'] } },
    ],
  },
  {
    type: 'answer_question',
    fields: [
      { name: 'question', kind: 'question', required: true },
      party,
      { name: 'yes', kind: 'choice', required: true, options: yesOrNo },
      { name: 'way', kind: 'choice', required: true, options: spokenWays, start: 'spoken', label: 'way_answered' },
    ],
  },
  { type: 'choose_method', fields: [{ name: 'method', kind: 'method' }] },
  { type: 'move_session', fields: [session, startsAt, minutes, { ...reason, label: 'reason_to_parties' }] },
  { type: 'cancel_session', fields: [session, { ...reason, label: 'reason_to_parties' }] },
  { type: 'note_caucus', fields: [party, { ...words, label: 'words_private' }] },
  {
    type: 'hand_over',
    fields: [
      { name: 'channel', kind: 'channel', required: true, among: 'elsewhere' },
      { name: 'unit', kind: 'unit', label: 'unit_there' },
      { ...words, label: 'words_to_parties' },
    ],
  },
  { type: 'visit', fields: [{ ...words, label: 'words_visit' }] },
  {
    type: 'file_dossier',
    fields: [
      {
        name: 'papers',
        kind: 'choices',
        options: [
          ...['registration', 'rights', 'authorisation', 'investigation', 'evidence', 'session', 'agreement'],
          ...['performance', 'visit', 'confirmation_application'],
        ],
      },
      { name: 'retention', kind: 'choice', options: ['short', 'long', 'permanent'] },
      { name: 'words', kind: 'words', rows: 1, label: 'words_cover' },
    ],
  },
  { type: 'tell_police', warn: true, fields: [{ ...reason, label: 'reason_police' }] },
]
