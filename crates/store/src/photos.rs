//! Photos: checked by what they are, not by what they say they are; written anew, so that nothing of the camera, the place
//! or the time of taking remains; encrypted, each with a key of its own.

use std::{
    io::Cursor,
    path::{Path, PathBuf},
};

use casework::id::{MatterId, PhotoId};
use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, codecs::jpeg::JpegEncoder, imageops::FilterType,
    metadata::Orientation,
};
use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

use crate::{
    Store,
    error::{Error, Result},
    keys::{DataKey, random},
    value::Statement,
};

/// Largest file that is taken.
pub const MOST_BYTES: usize = 20 * 1024 * 1024;
/// Largest picture that is decoded, in pixels of a side.
const MOST_SIDE: u32 = 16_384;
/// Memory that decoding may take.
const MOST_DECODED: u64 = 400 * 1024 * 1024;
/// Longer side of what is kept.
const KEPT_SIDE: u32 = 2_560;
/// Longer side of a thumbnail.
const THUMB_SIDE: u32 = 480;
/// JPEG quality of what is kept.
const QUALITY: u8 = 85;
/// Hours after which an upload that no matter took is removed.
const UPLOAD_HOURS: i64 = 48;

/// Why a photo is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhotoError {
    /// Too many bytes.
    #[error("the photo is larger than {} MB", MOST_BYTES / 1024 / 1024)]
    TooLarge,
    /// Not JPEG, PNG or WebP.
    #[error("only JPEG, PNG and WebP photos are taken")]
    NotAPhoto,
    /// It says it is a photo but cannot be decoded.
    #[error("the photo cannot be read: it may be damaged")]
    Unreadable,
}

/// A stored photo's size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredPhoto {
    /// Its id.
    pub id: PhotoId,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// A photo of a matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhotoRow {
    /// Its id.
    pub id: PhotoId,
    /// The version of the matter with which it came.
    pub version: u32,
    /// When it came.
    pub at: Timestamp,
}

/// Which picture of a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhotoSize {
    /// Small, for lists.
    Thumb,
    /// As kept.
    Full,
}

/// A photo written anew.
struct Prepared {
    full: Vec<u8>,
    thumb: Vec<u8>,
    width: u32,
    height: u32,
}

/// Decodes a photo and writes it anew as JPEG, upright, without anything but the picture.
fn prepare(bytes: &[u8]) -> Result<Prepared, PhotoError> {
    if bytes.len() > MOST_BYTES {
        return Err(PhotoError::TooLarge);
    }
    let format = image::guess_format(bytes).map_err(|_| PhotoError::NotAPhoto)?;
    if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP) {
        return Err(PhotoError::NotAPhoto);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(MOST_SIDE);
    limits.max_image_height = Some(MOST_SIDE);
    limits.max_alloc = Some(MOST_DECODED);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| PhotoError::Unreadable)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| PhotoError::Unreadable)?;
    picture.apply_orientation(orientation);
    if picture.width().max(picture.height()) > KEPT_SIDE {
        picture = picture.resize(KEPT_SIDE, KEPT_SIDE, FilterType::Triangle);
    }
    let thumb = picture.thumbnail(THUMB_SIDE, THUMB_SIDE);
    Ok(Prepared {
        full: jpeg(&picture)?,
        thumb: jpeg(&thumb)?,
        width: picture.width(),
        height: picture.height(),
    })
}

fn jpeg(picture: &DynamicImage) -> Result<Vec<u8>, PhotoError> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    picture.to_rgb8().write_with_encoder(encoder).map_err(|_| PhotoError::Unreadable)?;
    Ok(bytes)
}

impl Store {
    /// Takes a photo; it belongs to nothing until a command names it.
    ///
    /// # Errors
    /// [`Error::Photo`] when it cannot be used; those of files and database.
    pub async fn add_photo(&self, bytes: Vec<u8>, now: Timestamp) -> Result<StoredPhoto> {
        let id = PhotoId(uuid::Builder::from_random_bytes(random::<16>()?).into_uuid());
        let (key, wrapped) = self.keys.new_data_key(&binding(id))?;
        let (full, thumb) = (self.photo_path(id, PhotoSize::Full), self.photo_path(id, PhotoSize::Thumb));
        let prepared = tokio::task::spawn_blocking(move || -> Result<Prepared> {
            let prepared = prepare(&bytes)?;
            write_sealed(&full, &key, &prepared.full, id)?;
            write_sealed(&thumb, &key, &prepared.thumb, id)?;
            Ok(prepared)
        })
        .await
        .map_err(|_| Error::Busy)??;
        let statement = Statement::new("insert into uploads (id, file, data_key, width, height, bytes, created_at) values ($1, $1, $2, $3, $4, $5, $6)")
            .bind(id.0)
            .bind(wrapped)
            .bind(prepared.width)
            .bind(prepared.height)
            .bind(i64::try_from(prepared.full.len()).map_err(Error::damaged)?)
            .bind(now);
        self.database.execute(vec![statement]).await?;
        Ok(StoredPhoto { id, width: prepared.width, height: prepared.height })
    }

    /// More uploads that show the same picture as one that was taken: for loaders, which need many photos and few pictures.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such upload.
    pub async fn same_pictures(&self, copies: &[(PhotoId, PhotoId)], now: Timestamp) -> Result<()> {
        let statements = copies.iter().map(|(copy, of)| {
            Statement::new(
                "insert into uploads (id, file, data_key, width, height, bytes, created_at)
                 select $1, u.file, u.data_key, u.width, u.height, u.bytes, $2 from uploads u where u.id = $3 and not exists (select 1 from photos p where p.id = $1)
                 on conflict do nothing",
            )
            .bind(copy.0)
            .bind(now)
            .bind(of.0)
        });
        self.database.execute(statements.collect()).await.map(drop)
    }

    /// The matter that a photo belongs to.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it belongs to none.
    pub async fn photo_matter(&self, id: PhotoId) -> Result<MatterId> {
        let rows = self
            .database
            .fetch(Statement::new("select region, matter from photos where id = $1").bind(id.0))
            .await?;
        rows.first().ok_or(Error::NotFound("photo"))?.matter(0, 1)
    }

    /// The photos of a matter, in the order in which they came.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn photos(&self, id: MatterId) -> Result<Vec<PhotoRow>> {
        let statement = Statement::new("select id, version, created_at from photos where region = $1 and matter = $2 order by version, id").bind(id.region.0).bind(id.uuid);
        let rows = self.database.fetch(statement).await?;
        rows.iter()
            .map(|row| Ok(PhotoRow { id: PhotoId(row.uuid(0)?), version: row.u32(1)?, at: row.moment(2)? }))
            .collect()
    }

    /// The picture of a photo, JPEG. Callers check who may see it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the matter has no such photo.
    pub async fn photo(&self, matter: MatterId, id: PhotoId, size: PhotoSize) -> Result<Vec<u8>> {
        let statement =
            Statement::new("select data_key, file from photos where region = $1 and matter = $2 and id = $3")
                .bind(matter.region.0)
                .bind(matter.uuid)
                .bind(id.0);
        let rows = self.database.fetch(statement).await?;
        let row = rows.first().ok_or(Error::NotFound("photo"))?;
        let file = PhotoId(row.uuid(1)?);
        let key = self.keys.unwrap_data_key(row.blob(0)?, &binding(file))?;
        let path = self.photo_path(file, size);
        tokio::task::spawn_blocking(move || key.open(&std::fs::read(path)?, &binding(file)))
            .await
            .map_err(|_| Error::Busy)?
    }

    /// Removes uploads that no matter took in two days; how many.
    ///
    /// # Errors
    /// Those of files and database.
    pub async fn remove_old_uploads(&self, now: Timestamp) -> Result<usize> {
        let before = now.checked_sub(UPLOAD_HOURS.hours()).map_err(Error::damaged)?;
        // A picture that a photo or another upload still shows stays.
        let old = "select id, file from uploads u where created_at < $1 and (u.file <> u.id or (
                     not exists (select 1 from photos p where p.file = u.id)
                     and not exists (select 1 from uploads o where o.file = u.id and o.id <> u.id))) limit 500";
        let rows = self.database.fetch(Statement::new(old).bind(before)).await?;
        let mut removed = 0;
        for row in &rows {
            let (id, file) = (row.uuid(0)?, row.uuid(1)?);
            let gone = Statement::new("delete from uploads where id = $1").bind(id);
            if self.database.execute(vec![gone]).await? != [1] {
                // A matter took it at the last moment.
                continue;
            }
            removed += 1;
            if id == file {
                self.remove_files(PhotoId(id))?;
            }
        }
        Ok(removed)
    }

    fn remove_files(&self, id: PhotoId) -> Result<()> {
        for size in [PhotoSize::Full, PhotoSize::Thumb] {
            match std::fs::remove_file(self.photo_path(id, size)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
                Ok(()) | Err(_) => {}
            }
        }
        Ok(())
    }

    /// Where the picture of an upload lies.
    pub(crate) fn photo_path(&self, id: PhotoId, size: PhotoSize) -> PathBuf {
        let name = id.0.simple().to_string();
        let ending = match size {
            PhotoSize::Thumb => "thumb",
            PhotoSize::Full => "full",
        };
        self.folder.join("photos").join(name.get(..2).unwrap_or("00")).join(format!("{name}.{ending}"))
    }
}

/// What a picture and its key are bound to.
pub(crate) fn binding(id: PhotoId) -> Vec<u8> {
    [b"photo ".as_slice(), Uuid::as_bytes(&id.0)].concat()
}

fn write_sealed(path: &Path, key: &DataKey, bytes: &[u8], id: PhotoId) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let file = path.with_extension("new");
    std::fs::write(&file, key.seal(bytes, &binding(id))?)?;
    std::fs::File::open(&file)?.sync_all()?;
    std::fs::rename(&file, path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(width, height).write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn what_is_not_a_photo_is_refused_whatever_it_says() {
        assert_eq!(prepare(b"GIF89a not here").err(), Some(PhotoError::NotAPhoto));
        assert_eq!(prepare(b"<svg onload=alert(1)>").err(), Some(PhotoError::NotAPhoto));
        assert_eq!(prepare(&png(8, 8)[..40]).err(), Some(PhotoError::Unreadable));
        assert_eq!(prepare(&vec![0; MOST_BYTES + 1]).err(), Some(PhotoError::TooLarge));
    }

    #[test]
    fn nothing_but_the_picture_remains() {
        let mut bytes = Vec::new();
        let mut encoder = JpegEncoder::new(&mut bytes);
        // A minimal TIFF header with one entry, as a camera writes it.
        image::ImageEncoder::set_exif_metadata(
            &mut encoder,
            b"II*\0\x08\0\0\0\0\0\0\0\0\0GPS 31.69N".to_vec(),
        )
        .unwrap();
        DynamicImage::new_rgb8(3_000, 10).to_rgb8().write_with_encoder(encoder).unwrap();
        assert!(bytes.windows(4).any(|w| w == b"Exif"));
        let prepared = prepare(&bytes).unwrap();
        for written in [&prepared.full, &prepared.thumb] {
            assert!(!written.windows(4).any(|w| w == b"Exif" || w == b"GPS "));
        }
        assert_eq!(prepared.width, KEPT_SIDE);
    }
}
