//! Texts and the index of their words.

use std::collections::HashMap;

use casework::{
    id::{MatterId, TextId},
    text::{TextKind, text_hash},
};
use uuid::Uuid;

use super::{Replayed, Report};
use crate::{
    Store,
    change::{key_binding, open_text},
    error::{Error, Result},
    grams::normalised,
    log::HASH_BYTES,
    value::{Row, Statement},
};

#[derive(PartialEq, Eq, Hash)]
enum GramKey {
    Doc(i64),
    Text(MatterId, Uuid),
}

impl Store {
    pub(super) async fn compare_texts(&self, replayed: &Replayed, report: &mut Report) -> Result<()> {
        let mut grams = self.kept_grams(report).await?;
        let mut missing = replayed.hashes.clone();
        let doc = if self.database.is_sqlite() { "t.doc" } else { "cast(0 as bigint)" };
        let statement = Statement::new(format!(
            "select t.region, t.matter, t.id, t.kind, t.sealed, m.data_key, {doc} from texts t left join matters m on m.region = t.region and m.id = t.matter"
        ));
        self.database
            .each(statement, |row| {
                report.texts += 1;
                let name = row.matter(0, 1).ok().and_then(|id| replayed.name(id));
                match self.wrong_text(&row, &mut missing, &mut grams) {
                    Ok(None) => {}
                    Ok(Some(wrong)) => report.find(name, wrong),
                    Err(error) => report.find(name, format!("a text does not open: {error}")),
                }
                Ok(())
            })
            .await?;
        if !grams.is_empty() {
            report.find(None, format!("{} entries of the search index belong to no text", grams.len()));
        }
        report.erased = missing.len() as u64;
        Ok(())
    }

    /// What is wrong with a text, if anything.
    fn wrong_text(
        &self,
        row: &Row,
        missing: &mut HashMap<(MatterId, TextId), [u8; HASH_BYTES]>,
        grams: &mut HashMap<GramKey, Vec<i64>>,
    ) -> Result<Option<String>> {
        let (id, text) = (row.matter(0, 1)?, TextId(row.uuid(2)?));
        let key =
            if self.database.is_sqlite() { GramKey::Doc(row.int(6)?) } else { GramKey::Text(id, text.0) };
        let indexed = grams.remove(&key).unwrap_or_default();
        let Some(hash) = missing.remove(&(id, text)) else {
            return Ok(Some(format!("text {text} is named by no event")));
        };
        let (salt, words, kind) = self.open_row(id, text, row)?;
        if text_hash(&salt, &words) != hash {
            return Ok(Some(format!("the words of text {text} are not those of its event")));
        }
        let wanted = if kind.is_searchable() { self.keys.grams(&normalised(&words)) } else { Vec::new() };
        Ok((indexed != wanted).then(|| format!("the search index of text {text} is not that of its words")))
    }

    fn open_row(&self, id: MatterId, text: TextId, row: &Row) -> Result<([u8; 16], String, TextKind)> {
        let kind = TextKind::at_index(row.int(3)?).ok_or_else(|| Error::damaged("no known kind"))?;
        let key = self.keys.unwrap_data_key(row.blob(5)?, &key_binding(id))?;
        let (salt, words) = open_text(&key, id, text, kind, row.blob(4)?)?;
        Ok((salt, words, kind))
    }

    /// The index as it is kept, sorted as it is made.
    async fn kept_grams(&self, report: &mut Report) -> Result<HashMap<GramKey, Vec<i64>>> {
        let mut kept: HashMap<GramKey, Vec<i64>> = HashMap::new();
        let sqlite = self.database.is_sqlite();
        if sqlite {
            let terms = "create virtual table if not exists grams_terms using fts5vocab(grams, instance)";
            self.database.execute(vec![Statement::new(terms)]).await?;
        }
        let statement = Statement::new(if sqlite {
            "select doc, term from grams_terms union all select doc, tokens from grams_waiting"
        } else {
            "select region, matter, id, array_to_string(grams, ',') from texts where grams is not null"
        });
        self.database
            .each(statement, |row| {
                match if sqlite { read_tokens(&row) } else { read_terms(&row) } {
                    Ok((key, grams)) => kept.entry(key).or_default().extend(grams),
                    Err(error) => report.find(None, format!("an entry of the search index: {error}")),
                }
                Ok(())
            })
            .await?;
        kept.values_mut().for_each(|list| list.sort_unstable());
        Ok(kept)
    }
}

fn read_tokens(row: &Row) -> Result<(GramKey, Vec<i64>)> {
    let gram = |token| u64::from_str_radix(token, 16).map(u64::cast_signed).map_err(Error::damaged);
    let grams = row.text(1)?.split_whitespace().map(gram).collect::<Result<_>>()?;
    Ok((GramKey::Doc(row.int(0)?), grams))
}

fn read_terms(row: &Row) -> Result<(GramKey, Vec<i64>)> {
    let grams = row.text(3)?.split(',').filter(|gram| !gram.is_empty()).map(str::parse);
    let grams = grams.collect::<Result<_, _>>().map_err(Error::damaged)?;
    Ok((GramKey::Text(row.matter(0, 1)?, row.uuid(2)?), grams))
}
