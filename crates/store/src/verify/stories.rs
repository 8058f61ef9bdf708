//! The events once more, record by record, and what each record's story must have left in the tables.

use std::collections::{BTreeMap, HashMap};

use casework::{
    id::{AccountId, PhotoId, TextId},
    matter::Matter,
    record::{Record, RecordKind, Recorded},
    talk_day::TalkDay,
    text::TextRef,
};
use jiff::Timestamp;

use super::{Check, Steps, count};
use crate::{
    append::RecordId,
    database::Snapshot,
    error::{Error, Result},
    log::HASH_BYTES,
    projections::figures::Sums,
    timeline,
    value::{Row, Statement, Value},
};

/// Events that are replayed before what they make is compared, but for the rest of the last matter's.
const EVENTS_AT_ONCE: u32 = if cfg!(test) { 3 } else { 2_000 };

const EVENTS: &str =
    "select e.region, e.record, e.version, e.at, e.seq, e.body, e.command, c.record, c.version, c.standing, e.kind
    from events e left join commands c on c.region = e.region and c.id = e.command";

/// Region and record as keys hold them, whatever they are.
type Place = (i64, Vec<u8>);

/// Records that lie together, those that some row names without events included.
pub(super) struct Stretch {
    after: Place,
    to: Place,
}

impl Stretch {
    /// A query's rows of these records, in their order; `key` are its columns of region and record.
    pub(super) fn of(&self, sql: &str, key: &str) -> Statement {
        Statement::new(format!("{sql} where ({key}) > ($1, $2) and ({key}) <= ($3, $4) order by {key}"))
            .bind(self.after.0)
            .bind(self.after.1.clone())
            .bind(self.to.0)
            .bind(self.to.1.clone())
    }
}

/// What the events say of the records of a stretch.
pub(super) type Stories = BTreeMap<RecordId, Story>;

/// What the events say of one record. What a row is found for is taken out.
#[derive(Default)]
pub(super) struct Story {
    pub(super) matter: Option<Matter>,
    pub(super) talk_day: Option<TalkDay>,
    pub(super) has_row: bool,
    /// Salted hashes of its texts.
    pub(super) texts: HashMap<TextId, [u8; HASH_BYTES]>,
    /// With which event each photo came, and when.
    pub(super) photos: BTreeMap<PhotoId, (u32, i64)>,
    /// When each account last acted on it, and whether it reported it.
    pub(super) acted: BTreeMap<AccountId, (i64, bool)>,
    version: u32,
    seq: i64,
    command: Option<KeptCommand>,
}

/// The command of an event, with the version and stage of its row, where there is one.
struct KeptCommand {
    id: Value,
    answer: Option<(i64, i64)>,
}

impl Check<'_> {
    pub(super) async fn stories(&mut self, snapshot: &mut Snapshot, steps: &mut Steps<'_>) -> Result<()> {
        let mut done = 0;
        let mut after = (i64::MIN, Vec::new());
        loop {
            let end = self.end_of_stretch(snapshot, &after).await?;
            let stretch = Stretch { after, to: end.clone().unwrap_or((i64::MAX, Vec::new())) };
            let mut stories = self.replay(snapshot, &stretch, &mut done, steps).await?;
            self.compare_matters(snapshot, &stretch, &mut stories).await?;
            self.compare_queue(snapshot, &stretch, &stories).await?;
            self.compare_acted(snapshot, &stretch, &mut stories).await?;
            self.compare_mediations(snapshot, &stretch, &stories).await?;
            self.compare_methods(&stories);
            self.compare_cases(snapshot, &stretch, &stories).await?;
            self.compare_texts(snapshot, &stretch, &mut stories).await?;
            self.compare_photos(snapshot, &stretch, &mut stories).await?;
            self.compare_talk_days(snapshot, &stretch, &mut stories).await?;
            let matters: Vec<Matter> = stories.into_values().filter_map(|story| story.matter).collect();
            matters.iter().for_each(|matter| self.count(matter));
            let Some(end) = end else { return Ok(()) };
            after = end;
        }
    }

    /// The last record of the next stretch; none when all the rest is one.
    async fn end_of_stretch(&self, snapshot: &mut Snapshot, after: &Place) -> Result<Option<Place>> {
        let statement = Statement::new(
            "select region, record from events where (region, record) > ($1, $2) order by region, record limit 1 offset $3",
        );
        let statement = statement.bind(after.0).bind(after.1.clone()).bind(EVENTS_AT_ONCE);
        let rows = snapshot.fetch(statement).await?;
        Ok(rows.first().and_then(|row| Some((row.int(0).ok()?, row.blob(1).ok()?.to_vec()))))
    }

    async fn replay(
        &mut self,
        snapshot: &mut Snapshot,
        stretch: &Stretch,
        done: &mut u64,
        steps: &mut Steps<'_>,
    ) -> Result<Stories> {
        let mut stories = Stories::new();
        let mut statement = stretch.of(EVENTS, "e.region, e.record");
        statement.push(", e.version");
        snapshot
            .each(statement, |row| {
                *done += 1;
                steps.at(*done);
                // That the id of an event cannot be read was found in the log.
                let Ok(id) = row.record(0, 1) else { return Ok(()) };
                let story = stories.entry(id).or_default();
                if let Err(error) = self.tell(id, story, &row) {
                    let seq = row.int(4).unwrap_or_default();
                    self.find(Some(id), format!("event {seq} cannot be read: {error}"));
                }
                Ok(())
            })
            .await?;
        for (id, story) in &mut stories {
            self.end_command(*id, story);
        }
        Ok(stories)
    }

    /// Adds an event to its record's story.
    fn tell(&mut self, id: RecordId, story: &mut Story, row: &Row) -> Result<()> {
        let (version, seq) = (row.u32(2)?, row.int(4)?);
        let kind = RecordKind::at_index(row.int(10)?);
        let told = story.told(kind, version, row.moment(3)?, row.text(5)?)?;
        if version != story.version.saturating_add(1) {
            let what = format!("event {} of the record is followed by {version}", story.version);
            self.find(Some(id), what);
        }
        if seq <= story.seq {
            self.find(
                Some(id),
                format!("event {version} of the record stands in the log before an older one"),
            );
        }
        if story.command.as_ref().map(|command| &command.id) != row.0.get(6) {
            self.end_command(id, story);
            story.command = Some(kept_command(row));
        }
        (story.version, story.seq) = (version, seq);
        story.apply(id, told);
        Ok(())
    }

    /// The newest command of a story has no more events: its row must be what they make it.
    fn end_command(&mut self, id: RecordId, story: &mut Story) {
        let Some(command) = story.command.take() else { return };
        let standing = story.standing();
        match command.answer {
            Some((version, at))
                if version == i64::from(story.version) && standing.is_none_or(|standing| standing == at) =>
            {
                self.commands += 1;
            }
            Some(_) => {
                let what = format!("the command of event {} is not kept as it was answered", story.version);
                self.find(Some(id), what);
            }
            None => self.find(Some(id), format!("event {} belongs to no known command", story.version)),
        }
    }

    /// Adds a matter to the totals.
    fn count(&mut self, matter: &Matter) {
        self.report.matters += 1;
        let year = self.site.day(matter.reported_at).year();
        let classes = self.report.years.entry(year).or_default();
        classes.entry(matter.class).or_default().add(Sums::of(matter), 1);
        if !self.totals.add(matter, &self.site) {
            self.find(Some(matter.id.into()), "the matter's number is not one that a report gets");
        }
    }

    /// Every command made events. Those that events name were compared with them; others are looked for when there are any.
    pub(super) async fn compare_commands(&mut self, snapshot: &mut Snapshot) -> Result<()> {
        if count(snapshot, "select count(*) from commands").await? == self.commands {
            return Ok(());
        }
        let empty = "select c.region, c.record from commands c left join events e
            on e.region = c.region and e.record = c.record and e.version = c.version where e.command is null or e.command <> c.id";
        snapshot
            .each(Statement::new(empty), |row| {
                self.find(row.record(0, 1).ok(), "a command made no event");
                Ok(())
            })
            .await
    }
}

/// An event of a record of one of the kinds.
enum Told {
    Matter(Recorded),
    TalkDay(Recorded<<TalkDay as Record>::Event>),
}

impl Story {
    /// Where the record stands.
    fn standing(&self) -> Option<i64> {
        self.matter.as_ref().map(Record::standing).or(self.talk_day.as_ref().map(Record::standing))
    }

    /// Reads an event. A record is of one kind for life.
    fn told(&self, kind: Option<RecordKind>, version: u32, at: Timestamp, body: &str) -> Result<Told> {
        match kind {
            Some(RecordKind::Matter) if self.talk_day.is_none() => {
                timeline::recorded(version, at, body).map(Told::Matter)
            }
            Some(RecordKind::TalkDay) if self.matter.is_none() => {
                timeline::recorded(version, at, body).map(Told::TalkDay)
            }
            Some(_) => Err(Error::damaged("it is of another kind than those before")),
            None => Err(Error::damaged("it is of no known kind")),
        }
    }

    fn apply(&mut self, id: RecordId, told: Told) {
        let texts = match told {
            Told::Matter(recorded) => {
                let at = recorded.at.as_microsecond();
                for photo in recorded.event.photos() {
                    self.photos.insert(photo, (recorded.version, at));
                }
                if let Some(account) = recorded.by.account() {
                    self.acted.entry(account).or_insert((at, recorded.version == 1)).0 = at;
                }
                step(&mut self.matter, id.matter(), &recorded)
            }
            Told::TalkDay(recorded) => step(&mut self.talk_day, id.talk_day(), &recorded),
        };
        self.texts.extend(texts.into_iter().map(|text| (text.id, text.hash)));
    }
}

/// One event further; the texts that it names.
fn step<R: Record>(record: &mut Option<R>, id: R::Id, recorded: &Recorded<R::Event>) -> Vec<TextRef> {
    match record {
        Some(record) => record.apply(recorded),
        None => *record = R::begin(id, recorded),
    }
    R::texts(&recorded.event)
}

fn kept_command(row: &Row) -> KeptCommand {
    let of_matter = row.0.get(7).is_some_and(|matter| !matter.is_null() && Some(matter) == row.0.get(1));
    KeptCommand {
        id: row.0.get(6).cloned().unwrap_or(Value::Blob(None)),
        answer: row.int(8).ok().zip(row.int(9).ok()).filter(|_| of_matter),
    }
}
