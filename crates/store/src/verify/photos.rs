//! Photos: each that an event names has its row and its picture, and there are no others.

use std::io::{Cursor, ErrorKind};

use casework::id::PhotoId;
use image::{ImageFormat, ImageReader};

use super::{
    Check,
    stories::{Stories, Stretch},
};
use crate::{
    Store,
    database::Snapshot,
    error::Result,
    keys::DataKey,
    photos::{PhotoSize, binding},
    value::Row,
};

/// A picture that was opened, as its rows must describe it; or what is wrong with it.
pub(super) type Opened = std::result::Result<Picture, &'static str>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Picture {
    width: u32,
    height: u32,
    bytes: u32,
}

impl Check<'_> {
    pub(super) async fn compare_photos(
        &mut self,
        snapshot: &mut Snapshot,
        stretch: &Stretch,
        stories: &mut Stories,
    ) -> Result<()> {
        let sql = "select region, matter, id, version, created_at, file, data_key, width, height, bytes from photos";
        snapshot
            .each(stretch.of(sql, "region, matter"), |row| {
                let matter = row.record(0, 1).ok();
                match row.uuid(2).map(PhotoId) {
                    Ok(photo) => {
                        let story = matter.and_then(|id| stories.get_mut(&id));
                        let named = story.and_then(|story| story.photos.remove(&photo));
                        if let Some(wrong) = self.wrong_photo(&row, named) {
                            self.find(matter, format!("photo {photo} {wrong}"));
                        }
                    }
                    Err(error) => self.find(matter, format!("a photo cannot be read: {error}")),
                }
                Ok(())
            })
            .await?;
        for (id, story) in stories {
            for (photo, (version, _)) in &story.photos {
                self.find(Some(*id), format!("photo {photo} of event {version} is missing"));
            }
        }
        Ok(())
    }

    /// What is wrong with a photo's row or its picture, if anything.
    fn wrong_photo(&mut self, row: &Row, named: Option<(u32, i64)>) -> Option<&'static str> {
        match named {
            None => return Some("is named by no event of the matter"),
            Some((version, at)) if row.u32(3).ok() != Some(version) || row.int(4).ok() != Some(at) => {
                return Some("came with another event than its row says");
            }
            Some(_) => {}
        }
        let file = row.uuid(5);
        let key = file.and_then(|file| {
            let key = self.store.keys.unwrap_data_key(row.blob(6)?, &binding(PhotoId(file)))?;
            Ok((file, key))
        });
        let Ok((file, key)) = key else { return Some("has a key that does not open its picture") };
        // Photos may show the same picture.
        let opened =
            self.pictures.entry(file).or_insert_with(|| self.store.open_picture(PhotoId(file), &key));
        let described = || -> Result<Picture> {
            Ok(Picture { width: row.u32(7)?, height: row.u32(8)?, bytes: row.u32(9)? })
        };
        match opened {
            Ok(picture) if described().ok() == Some(*picture) => None,
            Ok(_) => Some("has a picture of another size than its row says"),
            Err(wrong) => Some(*wrong),
        }
    }
}

impl Store {
    /// Opens both sizes of a picture. Blocks, as all that `verify` does.
    fn open_picture(&self, file: PhotoId, key: &DataKey) -> Opened {
        const CHANGED: &str = "has a picture that was changed";
        let open = |size| {
            let sealed = std::fs::read(self.photo_path(file, size)).map_err(|error| {
                if error.kind() == ErrorKind::NotFound {
                    "has lost its picture: bring it back from a copy"
                } else {
                    "has a picture that cannot be read"
                }
            })?;
            key.open(&sealed, &binding(file)).map_err(|_| CHANGED)
        };
        open(PhotoSize::Thumb)?;
        let full = open(PhotoSize::Full)?;
        let reader = ImageReader::with_format(Cursor::new(&full), ImageFormat::Jpeg);
        let (width, height) = reader.into_dimensions().map_err(|_| CHANGED)?;
        Ok(Picture { width, height, bytes: u32::try_from(full.len()).map_err(|_| CHANGED)? })
    }
}
