-- The record and what is read from it. Region is the first column of every key of what grows.
-- Times are microseconds UTC, days yyyymmdd, ids sixteen bytes.

create table site (key text primary key, value text not null);
create table areas (code text primary key, name text not null, aliases text not null, shape text);
create table units (id text primary key, name text not null, name_en text, kind text not null, area text not null, service text not null);
create table calendar_days (day text primary key, kind text not null);
create table catalogues (version text primary key, added_at bigint not null, body text not null);

create table accounts (id bytea primary key, name text not null unique, display_name text not null, password text not null, disabled bigint not null, created_at bigint not null);
create table grants (account bytea not null, role text not null, unit text not null, area text not null, primary key (account, role, unit, area));
create index grants_by_unit on grants (unit, role);
create table sign_ins (token_hash bytea primary key, account bytea not null, csrf text not null, created_at bigint not null, seen_at bigint not null);
create index sign_ins_by_account on sign_ins (account);

-- The truth: one dense sequence for each region, whatever the kind of record; leaf is the RFC 6962 leaf hash over every other column.
create table regions (region bigint primary key, events bigint not null);
create table events (
  region bigint not null, seq bigint not null, kind bigint not null, record bytea not null, version bigint not null,
  at bigint not null, command bytea not null, body text not null, leaf bytea not null,
  primary key (region, seq)
);
create unique index events_by_record on events (region, record, version);

-- One row for each command that was carried out; a repeat finds its first answer here.
create table commands (
  region bigint not null, id bytea not null, record bytea not null, version bigint not null, standing bigint not null, mac bytea not null,
  primary key (region, id)
);

create table numbers (region bigint not null, town text not null, day bigint not null, last bigint not null, primary key (region, town, day));

create table matters (
  region bigint not null, id bytea not null, version bigint not null, state text not null, data_key bytea not null,
  number text not null, code_key bigint not null, class bigint not null, category text, urgency bigint not null,
  stage bigint not null, outcome bigint, source bigint not null, area text not null, centre text not null, lead text, about_unit text,
  lon double precision, lat double precision, cell bigint, due_at bigint, warn_at bigint, paused bigint not null,
  reported_at bigint not null, changed_at bigint not null, wake_at bigint,
  primary key (region, id)
);
create unique index matters_by_number on matters (region, number);
create unique index matters_by_code on matters (region, code_key);
create index matters_by_area on matters (region, area, reported_at);
create index matters_by_time on matters (reported_at);
create index matters_by_lead on matters (lead, reported_at) where lead is not null;
create index matters_by_wake on matters (wake_at) where wake_at is not null;
create index matters_by_cell on matters (cell) where cell is not null;

-- Erasable words: sealed holds salt and words, encrypted with the record's key.
-- Grams are keyed hashes of character bigrams; candidates are rechecked on the decrypted words.
create table texts (region bigint not null, record bytea not null, id bytea not null, kind bigint not null, sealed bytea not null, grams bigint[]);
create index texts_by_grams on texts using gin (grams) with (fastupdate = off) where grams is not null;
create unique index texts_by_record on texts (region, record, id);

create table uploads (id bytea primary key, file bytea not null, data_key bytea not null, width bigint not null, height bigint not null, bytes bigint not null, created_at bigint not null);
create table photos (
  region bigint not null, matter bytea not null, id bytea not null, file bytea not null, data_key bytea not null, width bigint not null, height bigint not null,
  bytes bigint not null, version bigint not null, created_at bigint not null,
  primary key (region, matter, id)
);
create index photos_by_id on photos (id);
create index photos_by_file on photos (file);

-- Projections, written with the events.
create table queue (
  region bigint not null, matter bytea not null, unit text not null, role bigint not null, due_at bigint not null, warn_at bigint not null, paused bigint not null,
  primary key (region, matter, unit, role)
);
create index queue_by_unit on queue (unit, role, due_at, matter);
create table acted (region bigint not null, matter bytea not null, account bytea not null, at bigint not null, reported bigint not null, primary key (region, matter, account));
create index acted_by_account on acted (account, at);
-- Concluded mediations, one row each, counted by the day on which they were concluded.
create table mediation_cases (
  region bigint not null, matter bytea not null, area text not null, day bigint not null, unit text not null, origin bigint, category text, form bigint, result bigint not null,
  parties bigint not null, fen bigint not null, due bigint not null, performed bigint not null, confirmed bigint not null,
  primary key (region, matter)
);
create index mediation_cases_by_day on mediation_cases (day, area);
-- Feeds of mediators' calendars; the secret itself is kept nowhere.
create table calendar_feeds (token_hash bytea primary key, account bytea not null unique, created_at bigint not null);
-- Sessions that are set, by mediator; and the access codes of the parties.
create table sessions (region bigint not null, matter bytea not null, no bigint not null, mediator bytea not null, starts_at bigint not null, ends_at bigint not null, state bigint not null, primary key (region, matter, no));
create index sessions_by_mediator on sessions (mediator, starts_at);
create table party_codes (region bigint not null, code_key bigint not null, matter bytea not null, no bigint not null, wrong bigint not null default 0, wrong_signing bigint not null default 0, primary key (region, code_key, matter, no));
create index party_codes_by_matter on party_codes (region, matter);
create table figures (
  region bigint not null, area text not null, day bigint not null, class bigint not null,
  reported bigint not null, handled bigint not null, settled bigint not null, struck_off bigint not null, failed bigint not null, refused bigint not null,
  withdrawn bigint not null, asked bigint not null, answered bigint not null, satisfied bigint not null, reworked bigint not null, open bigint not null,
  primary key (region, area, day, class)
);
create table cells (region bigint not null, zoom bigint not null, cell bigint not null, class bigint not null, matters bigint not null, open bigint not null, primary key (region, zoom, cell, class));

-- Talk days, days as yyyymmdd; what is open and owed so that lists need not open each.
create table talk_days (
  region bigint not null, id bytea not null, version bigint not null, state text not null, data_key bytea not null, standing bigint not null,
  area text not null, slot bigint not null, date bigint not null, open_items bigint not null, open_promises bigint not null, promise_due bigint,
  changed_at bigint not null,
  primary key (region, id)
);
create unique index talk_days_by_slot on talk_days (region, area, slot);
create index talk_days_by_date on talk_days (area, date);
create index talk_days_by_promise on talk_days (promise_due) where promise_due is not null;
-- Where and when villages talk: data of the site, set by the centres.
create table talk_rules (area text primary key, body text not null, changed_at bigint not null, changed_by bytea not null);
create table talk_places (
  id bytea primary key, area text not null, kind text not null, name text not null, address text not null, hours text not null, lon double precision, lat double precision,
  closed bigint not null, changed_at bigint not null, changed_by bytea not null
);
create index talk_places_by_area on talk_places (area);

create table jobs (
  region bigint not null, id bytea not null, kind text not null, body text not null, run_at bigint not null, attempts bigint not null, claimed_until bigint not null, failure text,
  primary key (region, id)
);
create index jobs_by_time on jobs (run_at) where attempts < 10;

-- Who read personal text, before it left; once an hour for each reader and kind.
create table reads (
  region bigint not null, record bytea not null, account bytea not null, what bigint not null, hour bigint not null,
  unit text not null, role bigint not null, purpose text not null, at bigint not null,
  primary key (region, record, account, what, hour, purpose)
);

-- Who mediates: each entry whole in body, beside it what lists are cut by. A change keeps who, when and what, without names.
create table mediators (
  id bytea primary key, unit text not null, area text not null, kind text not null, specialties text not null, studio bytea,
  gone bigint not null, last_day bigint not null, version bigint not null, body text not null
);
create index mediators_by_end on mediators (gone, last_day, id);
create index mediators_by_area on mediators (area);
create table committees (
  unit text primary key, area text not null, kind text not null, to_mend bigint not null, last_day bigint not null, version bigint not null, body text not null
);
create index committees_by_end on committees (last_day, unit);
create index committees_by_area on committees (area);
create table studios (id bytea primary key, area text not null, version bigint not null, body text not null);
-- Local methods; each version stays for the mediations that began with it.
create table methods (id bytea primary key, area text not null, version bigint not null, body text not null);
create table method_versions (id bytea not null, version bigint not null, body text not null, primary key (id, version));
create table register_changes (
  register text not null, entry text not null, version bigint not null, at bigint not null, account bytea not null, unit text not null, role bigint not null, fields text not null,
  primary key (register, entry, version)
);
