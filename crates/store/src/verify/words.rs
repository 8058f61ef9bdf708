//! Texts and the index of their words.
//!
//! SQLite's index is ordered by word, not by text. So it is read once, before the texts, into one sum for each text.

use std::{collections::HashMap, hash::Hasher};

use casework::{
    id::TextId,
    text::{TextKind, text_hash},
};
use siphasher::sip::SipHasher24;

use super::{
    Check, Steps,
    stories::{Stories, Story, Stretch},
};
use crate::{
    append::{RecordId, key_binding, open_text},
    database::Snapshot,
    error::{Error, Result},
    grams::normalised,
    keys::random,
    value::{Row, Statement},
};

/// What SQLite's index holds for each text.
pub(super) struct Index {
    /// New each time, so that nobody can choose words whose sums are the same.
    key: [u8; 16],
    docs: HashMap<i64, Digest>,
}

/// The words of a text, whatever their order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Digest {
    sum: u64,
    words: u32,
}

impl Digest {
    fn add(&mut self, hash: u64) {
        self.sum = self.sum.wrapping_add(hash);
        self.words = self.words.saturating_add(1);
    }
}

impl Index {
    pub(super) fn new() -> Result<Self> {
        Ok(Self { key: random()?, docs: HashMap::new() })
    }

    fn hash(&self, gram: i64) -> u64 {
        let mut hasher = SipHasher24::new_with_key(&self.key);
        hasher.write_i64(gram);
        hasher.finish()
    }

    fn digest(&self, grams: impl IntoIterator<Item = i64>) -> Digest {
        let mut digest = Digest::default();
        grams.into_iter().for_each(|gram| digest.add(self.hash(gram)));
        digest
    }

    /// Adds tokens as the index keeps them to a text's.
    fn add(&mut self, row: &Row) -> Result<()> {
        let (doc, tokens) = (row.int(0)?, row.text(1)?);
        for token in tokens.split_whitespace() {
            let gram = u64::from_str_radix(token, 16).map_err(Error::damaged)?;
            let hash = self.hash(gram.cast_signed());
            self.docs.entry(doc).or_default().add(hash);
        }
        Ok(())
    }
}

impl Check<'_> {
    /// Reads SQLite's index, and what waits to be put into it.
    pub(super) async fn read_index(&mut self, snapshot: &mut Snapshot, steps: &mut Steps<'_>) -> Result<()> {
        // A table of this connection alone: the database stays as it is.
        let terms = "create virtual table temp.index_terms using fts5vocab(main, grams, instance)";
        snapshot.fetch(Statement::new(terms)).await?;
        let all = steps.events;
        for sql in ["select doc, term from index_terms", "select doc, tokens from grams_waiting"] {
            snapshot
                .each(Statement::new(sql), |row| {
                    if let Err(error) = self.index.add(&row) {
                        self.find(None, format!("an entry of the search index: {error}"));
                    } else if let Some(part) = row.text(1).ok().and_then(part_of_index) {
                        steps.at((all * part) >> 16);
                    }
                    Ok(())
                })
                .await?;
        }
        Ok(())
    }

    pub(super) async fn compare_texts(
        &mut self,
        snapshot: &mut Snapshot,
        stretch: &Stretch,
        stories: &mut Stories,
    ) -> Result<()> {
        let indexed = if self.store.database.is_sqlite() { "t.doc" } else { "array_to_string(t.grams, ',')" };
        let sql = format!(
            "select t.region, t.record, t.id, t.kind, t.sealed, coalesce(m.data_key, d.data_key), {indexed} from texts t left join matters m on m.region = t.region and m.id = t.record left join talk_days d on d.region = t.region and d.id = t.record"
        );
        snapshot
            .each(stretch.of(&sql, "t.region, t.record"), |row| {
                self.report.texts += 1;
                let id = row.record(0, 1);
                let story = id.as_ref().ok().and_then(|id| stories.get_mut(id));
                match self.wrong_text(&row, story) {
                    Ok(None) => {}
                    Ok(Some(wrong)) => self.find(id.ok(), wrong),
                    Err(error) => self.find(id.ok(), format!("a text does not open: {error}")),
                }
                Ok(())
            })
            .await?;
        self.report.erased += stories.values().map(|story| story.texts.len() as u64).sum::<u64>();
        Ok(())
    }

    /// What is wrong with a text, if anything.
    fn wrong_text(&mut self, row: &Row, story: Option<&mut Story>) -> Result<Option<String>> {
        let (id, text) = (row.record(0, 1)?, TextId(row.uuid(2)?));
        let indexed = if self.store.database.is_sqlite() {
            self.index.docs.remove(&row.int(6)?).unwrap_or_default()
        } else {
            self.index.digest(read_grams(row.maybe_text(6)?.unwrap_or_default())?)
        };
        let Some(hash) = story.and_then(|story| story.texts.remove(&text)) else {
            return Ok(Some(format!("text {text} is named by no event")));
        };
        let (salt, words, kind) = self.open_row(id, text, row)?;
        if text_hash(&salt, &words) != hash {
            return Ok(Some(format!("the words of text {text} are not those of its event")));
        }
        let wanted =
            if kind.is_searchable() { self.store.keys.grams(&normalised(&words)) } else { Vec::new() };
        let right = indexed == self.index.digest(wanted);
        Ok((!right).then(|| format!("the search index of text {text} is not that of its words")))
    }

    fn open_row(&self, id: RecordId, text: TextId, row: &Row) -> Result<([u8; 16], String, TextKind)> {
        let kind = TextKind::at_index(row.int(3)?).ok_or_else(|| Error::damaged("no known kind"))?;
        let key = self.store.keys.unwrap_data_key(row.blob(5)?, &key_binding(id))?;
        let (salt, words) = open_text(&key, id, text, kind, row.blob(4)?)?;
        Ok((salt, words, kind))
    }

    /// Nothing is left in the index when every text was compared.
    pub(super) fn compare_index(&mut self) {
        let left = self.index.docs.len();
        if left != 0 {
            self.find(None, format!("{left} entries of the search index belong to no text"));
        }
    }
}

/// How far a token lies in the index, of 65,536: the index is in their order, and they are spread evenly.
fn part_of_index(token: &str) -> Option<u64> {
    (token.len() == 16)
        .then(|| token.get(..4))
        .flatten()
        .and_then(|start| u64::from_str_radix(start, 16).ok())
}

fn read_grams(list: &str) -> Result<Vec<i64>> {
    list.split(',').filter(|gram| !gram.is_empty()).map(|gram| gram.parse().map_err(Error::damaged)).collect()
}
