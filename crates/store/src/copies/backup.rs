//! A backup of a site while it is served: one moment of the database, whoever writes meanwhile, and the pictures of that moment.

use std::{collections::BTreeMap, fs, io::ErrorKind, path::Path};

use casework::id::{PhotoId, Region};
use jiff::Timestamp;

use super::{
    Doing, Progress, Watch,
    folder::{BackupFolder, BackupName, write_whole},
    manifest::{CopiedTable, FORMAT, Manifest},
    rows::{self, Piece, RowsDigest},
    tables::{self, EVENTS, Table},
};
use crate::{
    Store,
    database::Snapshot,
    error::{Error, Result},
    log::{HASH_BYTES, Root, hex},
    photos::PhotoSize,
    value::{Row, Statement},
};

/// A backup that was made.
#[derive(Debug)]
pub struct BackedUp {
    /// Its name.
    pub name: BackupName,
    /// Rows in it.
    pub rows: u64,
    /// Pictures in it.
    pub pictures: u64,
    /// Pictures that the site has lost: `verify` names the matters.
    pub lost_pictures: u64,
    /// Bytes that had to be written; the rest was there from earlier backups.
    pub written: u64,
    /// Events of each region and the root of its log.
    pub regions: BTreeMap<Region, (u64, String)>,
}

impl Store {
    /// Makes a backup in a folder. It may run while the site is served; what was stopped is made again and finds what is there.
    /// The key file is not in it.
    ///
    /// # Errors
    /// Those of files and database.
    pub async fn back_up(
        &self,
        to: &Path,
        now: Timestamp,
        mut progress: impl FnMut(Progress) + Send,
    ) -> Result<BackedUp> {
        let mut snapshot = self.database.snapshot().await?;
        let mut work = Work {
            folder: BackupFolder::new(to, self.keys.clone()),
            written: 0,
            roots: BTreeMap::new(),
            done: Progress { doing: Doing::Rows, done: 0, of: 0 },
            progress: &mut progress,
        };
        let carried = tables::carried(&mut snapshot).await?;
        for table in &carried {
            work.done.of += snapshot.fetch(table.count()).await?.first().map_or(Ok(0), |row| row.u64(0))?;
        }
        let mut copied = Vec::with_capacity(carried.len());
        for table in carried {
            copied.push(work.table(&mut snapshot, table).await?);
        }
        let (pictures, lost_pictures) = work.pictures(self, &mut snapshot).await?;
        let regions = std::mem::take(&mut work.roots);
        let regions: BTreeMap<u32, (u64, String)> =
            regions.into_iter().map(|(region, root)| (region, (root.leaves(), hex(&root.hash())))).collect();
        let manifest = Manifest {
            format: FORMAT,
            made_at: self.moment(now).await?,
            site: self.settings().name.clone(),
            key_mark: self.keys.mark(),
            migrations: snapshot.migrations().await?,
            regions,
            tables: copied,
            pictures,
        };
        let name = work.folder.keep_manifest(&manifest)?;
        Ok(BackedUp {
            name,
            rows: manifest.rows(),
            pictures,
            lost_pictures,
            written: work.written,
            regions: manifest.regions.into_iter().map(|(region, log)| (Region(region), log)).collect(),
        })
    }
}

struct Work<'a> {
    folder: BackupFolder,
    written: u64,
    roots: BTreeMap<u32, Root>,
    done: Progress,
    progress: Watch<'a>,
}

impl Work<'_> {
    async fn table(&mut self, snapshot: &mut Snapshot, table: Table) -> Result<CopiedTable> {
        let leaf =
            if table.name == EVENTS { Some((table.column("region")?, table.column("leaf")?)) } else { None };
        let (mut digest, mut piece, mut pieces) = (RowsDigest::default(), Piece::default(), Vec::new());
        snapshot
            .each(table.select(snapshot.is_sqlite()), |row| {
                if let Some(of) = leaf {
                    add_leaf(&mut self.roots, &row, of)?;
                }
                let bytes = rows::write(row)?;
                digest.add(&bytes);
                if piece.add(&bytes) {
                    self.keep(std::mem::take(&mut piece), &mut pieces)?;
                }
                Ok(())
            })
            .await?;
        if piece.rows > 0 {
            self.keep(piece, &mut pieces)?;
        }
        let (rows, digest) = digest.done();
        Ok(CopiedTable { table, rows, digest, pieces })
    }

    fn keep(&mut self, piece: Piece, pieces: &mut Vec<(String, u64)>) -> Result<()> {
        let (name, written) = self.folder.keep_piece(&piece.bytes)?;
        self.written += written;
        self.done.done += piece.rows;
        (self.progress)(self.done);
        pieces.push((name, piece.rows));
        Ok(())
    }

    /// Copies the pictures that are not there yet; how many there are, and how many the site has lost.
    async fn pictures(&mut self, store: &Store, snapshot: &mut Snapshot) -> Result<(u64, u64)> {
        let files = pictures_of(snapshot).await?;
        self.done = Progress { doing: Doing::Pictures, done: 0, of: files.len() as u64 };
        let mut lost = 0;
        for (file, is_shown) in files {
            for size in [PhotoSize::Full, PhotoSize::Thumb] {
                let from = store.photo_path(file, size);
                let in_site = from.strip_prefix(&store.folder).map_err(Error::damaged)?;
                let to = self.folder.picture_path(in_site);
                if to.exists() {
                    continue;
                }
                match fs::read(&from) {
                    Ok(bytes) => {
                        write_whole(&to, &bytes)?;
                        self.written += bytes.len() as u64;
                    }
                    // An upload that no matter took may be tidied away meanwhile.
                    Err(error) if error.kind() == ErrorKind::NotFound => {
                        lost += u64::from(is_shown && size == PhotoSize::Full);
                    }
                    Err(error) => return Err(error.into()),
                }
            }
            self.done.done += 1;
            (self.progress)(self.done);
        }
        Ok((self.done.of, lost))
    }
}

/// The pictures of a moment, and whether a matter shows them.
pub(super) async fn pictures_of(snapshot: &mut Snapshot) -> Result<BTreeMap<PhotoId, bool>> {
    let mut files = BTreeMap::new();
    for (table, is_shown) in [("uploads", false), ("photos", true)] {
        let sql = format!("select file from {table} order by file");
        snapshot
            .each(Statement::new(sql), |row| {
                files.insert(PhotoId(row.uuid(0)?), is_shown);
                Ok(())
            })
            .await?;
    }
    Ok(files)
}

/// Adds an event's leaf to the root of its region. Events come in the order of region and sequence.
pub(super) fn add_leaf(
    roots: &mut BTreeMap<u32, Root>,
    row: &Row,
    (region, leaf): (usize, usize),
) -> Result<()> {
    let leaf: [u8; HASH_BYTES] =
        row.blob(leaf)?.try_into().map_err(|_| Error::damaged("a leaf has the wrong length"))?;
    roots.entry(row.u32(region)?).or_default().push(leaf);
    Ok(())
}
