-- The record and what is read from it. Region is the first column of every key of what grows.
-- Times are microseconds UTC, days yyyymmdd, ids sixteen bytes.

create table site (key text primary key, value text not null) without rowid;
create table areas (code text primary key, name text not null, aliases text not null, shape text) without rowid;
create table units (id text primary key, name text not null, name_en text, kind text not null, area text not null, service text not null) without rowid;
create table calendar_days (day text primary key, kind text not null) without rowid;
create table catalogues (version text primary key, added_at integer not null, body text not null) without rowid;

create table accounts (id blob primary key, name text not null unique, display_name text not null, password text not null, disabled integer not null, created_at integer not null) without rowid;
create table grants (account blob not null, role text not null, unit text not null, area text not null, primary key (account, role, unit, area)) without rowid;
create index grants_by_unit on grants (unit, role);
create table sign_ins (token_hash blob primary key, account blob not null, csrf text not null, created_at integer not null, seen_at integer not null) without rowid;
create index sign_ins_by_account on sign_ins (account);

-- The truth: one dense sequence for each region, whatever the kind of record; leaf is the RFC 6962 leaf hash over every other column.
create table regions (region integer primary key, events integer not null) without rowid;
create table events (
  region integer not null, seq integer not null, kind integer not null, record blob not null, version integer not null,
  at integer not null, command blob not null, body text not null, leaf blob not null,
  primary key (region, seq)
) without rowid;
create unique index events_by_record on events (region, record, version);

-- One row for each command that was carried out; a repeat finds its first answer here.
create table commands (
  region integer not null, id blob not null, record blob not null, version integer not null, standing integer not null, mac blob not null,
  primary key (region, id)
) without rowid;

create table numbers (region integer not null, town text not null, day integer not null, last integer not null, primary key (region, town, day)) without rowid;

create table matters (
  region integer not null, id blob not null, version integer not null, state text not null, data_key blob not null,
  number text not null, code_key integer not null, class integer not null, category text, urgency integer not null,
  stage integer not null, outcome integer, source integer not null, area text not null, centre text not null, lead text, about_unit text,
  lon real, lat real, cell integer, due_at integer, warn_at integer, paused integer not null,
  reported_at integer not null, changed_at integer not null, wake_at integer,
  primary key (region, id)
) without rowid;
create unique index matters_by_number on matters (region, number);
create unique index matters_by_code on matters (region, code_key);
create index matters_by_area on matters (region, area, reported_at);
create index matters_by_time on matters (reported_at);
create index matters_by_lead on matters (lead, reported_at) where lead is not null;
create index matters_by_wake on matters (wake_at) where wake_at is not null;
create index matters_by_cell on matters (cell) where cell is not null;

-- Erasable words: sealed holds salt and words, encrypted with the record's key.
create table texts (doc integer primary key, region integer not null, record blob not null, id blob not null, kind integer not null, sealed blob not null);
create unique index texts_by_record on texts (region, record, id);
-- Keyed hashes of character bigrams; candidates are rechecked on the decrypted words.
create virtual table grams using fts5 (tokens, content='', contentless_delete=1, detail=none, tokenize='ascii');
-- The newest texts' tokens, each between spaces, until there are enough to put them into the index at once.
create table grams_waiting (doc integer primary key, tokens text not null);

create table uploads (id blob primary key, file blob not null, data_key blob not null, width integer not null, height integer not null, bytes integer not null, created_at integer not null) without rowid;
create table photos (
  region integer not null, matter blob not null, id blob not null, file blob not null, data_key blob not null, width integer not null, height integer not null,
  bytes integer not null, version integer not null, created_at integer not null,
  primary key (region, matter, id)
) without rowid;
create index photos_by_id on photos (id);
create index photos_by_file on photos (file);

-- Projections, written with the events.
create table queue (
  region integer not null, matter blob not null, unit text not null, role integer not null, due_at integer not null, warn_at integer not null, paused integer not null,
  primary key (region, matter, unit, role)
) without rowid;
create index queue_by_unit on queue (unit, role, due_at, matter);
create table acted (region integer not null, matter blob not null, account blob not null, at integer not null, reported integer not null, primary key (region, matter, account)) without rowid;
create index acted_by_account on acted (account, at);
-- Concluded mediations, one row each, counted by the day on which they were concluded.
create table mediation_cases (
  region integer not null, matter blob not null, area text not null, day integer not null, unit text not null, origin integer, category text, form integer, result integer not null,
  parties integer not null, fen integer not null, due integer not null, performed integer not null, confirmed integer not null,
  primary key (region, matter)
) without rowid;
create index mediation_cases_by_day on mediation_cases (day, area);
-- Feeds of mediators' calendars; the secret itself is kept nowhere.
create table calendar_feeds (token_hash blob primary key, account blob not null unique, created_at integer not null) without rowid;
-- Sessions that are set, by mediator; and the access codes of the parties.
create table sessions (region integer not null, matter blob not null, no integer not null, mediator blob not null, starts_at integer not null, ends_at integer not null, state integer not null, primary key (region, matter, no)) without rowid;
create index sessions_by_mediator on sessions (mediator, starts_at);
create table party_codes (region integer not null, code_key integer not null, matter blob not null, no integer not null, wrong integer not null default 0, wrong_signing integer not null default 0, primary key (region, code_key, matter, no)) without rowid;
create index party_codes_by_matter on party_codes (region, matter);
create table figures (
  region integer not null, area text not null, day integer not null, class integer not null,
  reported integer not null, handled integer not null, settled integer not null, struck_off integer not null, failed integer not null, refused integer not null,
  withdrawn integer not null, asked integer not null, answered integer not null, satisfied integer not null, reworked integer not null, open integer not null,
  primary key (region, area, day, class)
) without rowid;
create table cells (region integer not null, zoom integer not null, cell integer not null, class integer not null, matters integer not null, open integer not null, primary key (region, zoom, cell, class)) without rowid;

-- Talk days, days as yyyymmdd; what is open and owed so that lists need not open each.
create table talk_days (
  region integer not null, id blob not null, version integer not null, state text not null, data_key blob not null, standing integer not null,
  area text not null, slot integer not null, date integer not null, open_items integer not null, open_promises integer not null, promise_due integer,
  changed_at integer not null,
  primary key (region, id)
) without rowid;
create unique index talk_days_by_slot on talk_days (region, area, slot);
create index talk_days_by_date on talk_days (area, date);
create index talk_days_by_promise on talk_days (promise_due) where promise_due is not null;
-- Where and when villages talk: data of the site, set by the centres.
create table talk_rules (area text primary key, body text not null, changed_at integer not null, changed_by blob not null) without rowid;
create table talk_places (
  id blob primary key, area text not null, kind text not null, name text not null, address text not null, hours text not null, lon real, lat real,
  closed integer not null, changed_at integer not null, changed_by blob not null
) without rowid;
create index talk_places_by_area on talk_places (area);

create table jobs (
  region integer not null, id blob not null, kind text not null, body text not null, run_at integer not null, attempts integer not null, claimed_until integer not null, failure text,
  primary key (region, id)
) without rowid;
create index jobs_by_time on jobs (run_at) where attempts < 10;

-- Who read personal text, before it left; once an hour for each reader and kind.
create table reads (
  region integer not null, record blob not null, account blob not null, what integer not null, hour integer not null,
  unit text not null, role integer not null, purpose text not null, at integer not null,
  primary key (region, record, account, what, hour, purpose)
) without rowid;

-- Who mediates: each entry whole in body, beside it what lists are cut by. A change keeps who, when and what, without names.
create table mediators (
  id blob primary key, unit text not null, area text not null, kind text not null, specialties text not null, studio blob,
  gone integer not null, last_day integer not null, version integer not null, body text not null
) without rowid;
create index mediators_by_end on mediators (gone, last_day, id);
create index mediators_by_area on mediators (area);
create table committees (
  unit text primary key, area text not null, kind text not null, to_mend integer not null, last_day integer not null, version integer not null, body text not null
) without rowid;
create index committees_by_end on committees (last_day, unit);
create index committees_by_area on committees (area);
create table studios (id blob primary key, area text not null, version integer not null, body text not null) without rowid;
-- Local methods; each version stays for the mediations that began with it.
create table methods (id blob primary key, area text not null, version integer not null, body text not null) without rowid;
create table method_versions (id blob not null, version integer not null, body text not null, primary key (id, version)) without rowid;
create table register_changes (
  register text not null, entry text not null, version integer not null, at integer not null, account blob not null, unit text not null, role integer not null, fields text not null,
  primary key (register, entry, version)
) without rowid;
