//! The site's keys: one file outside backups, from which every purpose derives a key of its own.
//!
//! Without the file nothing personal in the database can be read: not texts, not photos, not which words stand in them.

use std::{hash::Hasher, io::Write, path::Path};

use aes_gcm::{
    Aes256Gcm, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use casework::{
    area::AreaCode,
    id::{AccountId, CommandId, MatterId, Region, TalkDayId},
    matter::Matter,
};
use hmac::{Hmac, Mac};
use jiff::civil::Date;
use sha2::Sha256;
use siphasher::sip::SipHasher24;

use crate::error::{Error, Result};

/// The suite of a sealed value, its first byte: AES-256-GCM with a random 96-bit nonce.
const SUITE_AES_256_GCM: u8 = 1;
const NONCE_BYTES: usize = 12;
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a query code: four for the region, eight from the matter.
pub const CODE_CHARACTERS: usize = 12;

/// A key that encrypts the personal text of one matter, or one photo.
#[derive(Clone)]
pub struct DataKey([u8; 32]);

/// What a one-time code is for. It dies with the access code of its party, and when another mediates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signing {
    /// The matter.
    pub matter: MatterId,
    /// Who signs.
    pub party: u8,
    /// Which version of the agreement.
    pub version: u8,
    /// Which access code the party has.
    pub code_version: u32,
    /// Who gives the code out.
    pub mediator: AccountId,
}

impl Signing {
    /// The signing of a version by a party; nothing while nobody mediates.
    #[must_use]
    pub fn of(matter: &Matter, no: u8, version: u8) -> Option<Self> {
        let mediation = matter.mediation.as_deref()?;
        let party = mediation.party(no)?;
        let (code_version, mediator) = (party.code_version, mediation.mediator?);
        Some(Self { matter: matter.id, party: no, version, code_version, mediator })
    }
}

/// The site's keys.
#[derive(Clone)]
pub struct Keys {
    wrap: [u8; 32],
    code: [u8; 32],
    code_index: [u8; 32],
    command: [u8; 32],
    copy: [u8; 32],
    copy_name: [u8; 32],
    gram: [u8; 16],
}

impl Keys {
    /// Derives the keys of all purposes from the site's secret.
    #[must_use]
    pub fn derive(secret: &[u8; 32]) -> Self {
        let hkdf = hkdf::Hkdf::<Sha256>::new(Some(b"fengsi site key v1"), secret);
        let key = |purpose: &str| {
            let mut key = [0_u8; 32];
            // Thirty-two bytes are always within what HKDF-SHA-256 can give.
            if hkdf.expand(purpose.as_bytes(), &mut key).is_err() {
                key = [0; 32];
            }
            key
        };
        let mut gram = [0_u8; 16];
        gram.copy_from_slice(key("bigrams").first_chunk::<16>().unwrap_or(&[0; 16]));
        Self {
            wrap: key("wrap data keys"),
            code: key("query codes"),
            code_index: key("query code index"),
            command: key("command bodies"),
            copy: key("backups"),
            copy_name: key("names in backups"),
            gram,
        }
    }

    /// Reads the key file, or makes one readable by its owner alone.
    ///
    /// # Errors
    /// When the file cannot be read or made, or does not hold a key.
    pub fn read_or_make(path: &Path) -> Result<Self> {
        match std::fs::read_to_string(path) {
            Ok(text) => parse_secret(&text).map(|secret| Self::derive(&secret)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let secret = random::<32>()?;
                let text: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
                write_new(path, &text)?;
                // Who else opened the site at this moment may have been first: what stands there counts.
                parse_secret(&std::fs::read_to_string(path)?).map(|secret| Self::derive(&secret))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// What a site keeps of its keys: enough to tell another site's key file, nothing to find the key by.
    #[must_use]
    pub fn mark(&self) -> String {
        crate::log::hex(&mac(&self.command, &[b"mark of this site's key file"]))
    }

    /// A new data key and its wrapped form for the database.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn new_data_key(&self, bound_to: &[u8]) -> Result<(DataKey, Vec<u8>)> {
        let key = DataKey(random::<32>()?);
        let wrapped = seal(&self.wrap, &key.0, bound_to)?;
        Ok((key, wrapped))
    }

    /// Unwraps a data key.
    ///
    /// # Errors
    /// When it was wrapped by another site key, for something else, or was altered.
    pub fn unwrap_data_key(&self, wrapped: &[u8], bound_to: &[u8]) -> Result<DataKey> {
        let key = open(&self.wrap, wrapped, bound_to)?;
        key.try_into().map(DataKey).map_err(|_| Error::damaged("a data key has the wrong length"))
    }

    /// The query code of a matter. Each replacement has a code of its own.
    #[must_use]
    pub fn query_code(&self, matter: MatterId, code_version: u32) -> String {
        self.code(matter, &[&code_version.to_be_bytes()])
    }

    /// The access code of a party to a matter's mediation. Each replacement has a code of its own.
    #[must_use]
    pub fn party_code(&self, matter: MatterId, no: u8, code_version: u32) -> String {
        self.code(matter, &[b"party", &[no], &code_version.to_be_bytes()])
    }

    /// Six digits with which a party signs within a window of time.
    #[must_use]
    pub fn one_time_code(&self, signing: &Signing, window: i64) -> String {
        let Signing { matter, party, version, code_version, mediator } = signing;
        let region = matter.region.0.to_be_bytes();
        let of: [&[u8]; 7] = [
            b"one-time code",
            &region,
            matter.uuid.as_bytes(),
            &[*party, *version],
            &code_version.to_be_bytes(),
            mediator.0.as_bytes(),
            &window.to_be_bytes(),
        ];
        let mac = mac(&self.code, &of);
        let number = u64::from_be_bytes(*mac.first_chunk::<8>().unwrap_or(&[0; 8]));
        format!("{:06}", number % 1_000_000)
    }

    /// A code that begins with the region, so that it is found without looking through all of them.
    fn code(&self, matter: MatterId, of: &[&[u8]]) -> String {
        let region = matter.region.0.to_be_bytes();
        let mac = mac(&self.code, &[&[region.as_slice(), matter.uuid.as_bytes()], of].concat());
        let secret = u64::from_be_bytes(*mac.first_chunk::<8>().unwrap_or(&[0; 8])) >> 24;
        let digit = |value: u64, place: u32| {
            CROCKFORD.get(usize::try_from((value >> (5 * place)) & 31).unwrap_or(0)).copied().unwrap_or(b'0')
                as char
        };
        let region = (0..4).rev().map(|place| digit(u64::from(matter.region.0), place));
        region.chain((0..8).rev().map(|place| digit(secret, place))).collect()
    }

    /// The form in which a code stands in the database: a thief of the database learns no code from it.
    #[must_use]
    pub fn code_key(&self, code: &str) -> i64 {
        let mac = mac(&self.code_index, &[code.as_bytes()]);
        i64::from_be_bytes(*mac.first_chunk::<8>().unwrap_or(&[0; 8]))
    }

    /// The keyed hash of a command's body, by which a repeat is told from another command under the same id.
    #[must_use]
    pub fn command_mac(&self, id: CommandId, body: &[u8]) -> [u8; 32] {
        mac(&self.command, &[id.0.as_bytes(), body])
    }

    /// An id that the site itself gives, always the same for the same thing. Without the key nobody can know it and use it
    /// up for something else.
    #[must_use]
    pub fn own_id(&self, what: &str, of: &[&[u8]]) -> uuid::Uuid {
        let mac = mac(&self.command, &[&[b"id of a ", what.as_bytes(), b":"], of].concat());
        uuid::Builder::from_custom_bytes(*mac.first_chunk().unwrap_or(&[0; 16])).into_uuid()
    }

    /// The id of a village's talk day for a day of its rule, the same for everybody who plans it.
    #[must_use]
    pub fn talk_day_id(&self, area: AreaCode, slot: Date) -> TalkDayId {
        let of = format!("{area} {slot}");
        let uuid = self.own_id("talk day", &[of.as_bytes()]);
        TalkDayId { region: area.region(), uuid }
    }

    /// The name of what is kept in a backup: the same for the same bytes, and nothing to tell them by without the key.
    #[must_use]
    pub fn copy_name(&self, plain: &[u8]) -> [u8; 32] {
        mac(&self.copy_name, &[plain])
    }

    /// Encrypts what goes into a backup, bound to its name.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn seal_copy(&self, plain: &[u8], name: &[u8]) -> Result<Vec<u8>> {
        seal(&self.copy, plain, name)
    }

    /// Decrypts it.
    ///
    /// # Errors
    /// When it was altered, or belongs to another site's key file.
    pub fn open_copy(&self, sealed: &[u8], name: &[u8]) -> Result<Vec<u8>> {
        open(&self.copy, sealed, name)
    }

    /// Keyed hashes of the bigrams of a text, sorted, each once.
    #[must_use]
    pub fn grams(&self, normalised: &str) -> Vec<i64> {
        let mut grams: Vec<i64> = normalised
            .chars()
            .zip(normalised.chars().skip(1))
            .map(|(first, second)| {
                let mut hasher = SipHasher24::new_with_key(&self.gram);
                hasher.write_u32(first as u32);
                hasher.write_u32(second as u32);
                hasher.finish().cast_signed()
            })
            .collect();
        grams.sort_unstable();
        grams.dedup();
        grams
    }
}

impl DataKey {
    /// Encrypts, bound to what the value is.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn seal(&self, plain: &[u8], bound_to: &[u8]) -> Result<Vec<u8>> {
        seal(&self.0, plain, bound_to)
    }

    /// Decrypts.
    ///
    /// # Errors
    /// When the value was altered, moved, or sealed by another key.
    pub fn open(&self, sealed: &[u8], bound_to: &[u8]) -> Result<Vec<u8>> {
        open(&self.0, sealed, bound_to)
    }
}

/// A query code as people write it, with or without dashes, in any case, `O` for `0` and `I` or `L` for `1`; with its region.
#[must_use]
pub fn read_code(text: &str) -> Option<(Region, String)> {
    let code: String = text
        .chars()
        .filter(|c| !matches!(c, '-' | ' '))
        .map(|c| c.to_ascii_uppercase())
        .map(|c| match c {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    let digits: Option<Vec<u32>> = code
        .bytes()
        .map(|b| CROCKFORD.iter().position(|c| *c == b).and_then(|p| u32::try_from(p).ok()))
        .collect();
    let digits = digits.filter(|digits| digits.len() == CODE_CHARACTERS)?;
    let region = digits.iter().take(4).fold(0, |region, digit| region * 32 + digit);
    Some((Region(region), code))
}

/// Random bytes of the operating system.
///
/// # Errors
/// When it gives none.
pub fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0_u8; N];
    getrandom::fill(&mut bytes)
        .map_err(|error| Error::Setup(format!("the system gives no randomness: {error}")))?;
    Ok(bytes)
}

/// Writes a file for its owner alone that is there as a whole or not at all, and never in place of another.
fn write_new(path: &Path, text: &str) -> Result<()> {
    let draft = path.with_extension(crate::log::hex(&random::<8>()?));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    writeln!(file, "{text}")?;
    file.sync_all()?;
    match std::fs::hard_link(&draft, path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            // A disk without links: nobody can be kept from being first, but half a file is never seen.
            Ok(std::fs::rename(&draft, path)?)
        }
        Ok(()) | Err(_) => Ok(std::fs::remove_file(&draft)?),
    }
}

fn parse_secret(text: &str) -> Result<[u8; 32]> {
    let text = text.trim();
    let bytes: Option<Vec<u8>> = (0..text.len() / 2)
        .map(|i| text.get(i * 2..i * 2 + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()))
        .collect();
    bytes.filter(|_| text.len() == 64).and_then(|bytes| bytes.try_into().ok()).ok_or_else(|| {
        Error::Setup(
            "the key file must hold 64 hexadecimal digits on one line: put the right file in its place"
                .to_owned(),
        )
    })
}

fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return [0; 32] };
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
}

fn seal(key: &[u8; 32], plain: &[u8], bound_to: &[u8]) -> Result<Vec<u8>> {
    let nonce = random::<NONCE_BYTES>()?;
    let cipher = Aes256Gcm::new(key.into());
    let sealed = cipher
        .encrypt(&Nonce::from(nonce), Payload { msg: plain, aad: bound_to })
        .map_err(|_| Error::damaged("a text is too long to encrypt"))?;
    let mut value = Vec::with_capacity(1 + NONCE_BYTES + sealed.len());
    value.push(SUITE_AES_256_GCM);
    value.extend_from_slice(&nonce);
    value.extend_from_slice(&sealed);
    Ok(value)
}

fn open(key: &[u8; 32], sealed: &[u8], bound_to: &[u8]) -> Result<Vec<u8>> {
    let (suite, rest) = sealed.split_first().ok_or_else(|| Error::damaged("an encrypted value is empty"))?;
    if *suite != SUITE_AES_256_GCM {
        return Err(Error::Damaged(format!("cipher suite {suite} is not known to this version")));
    }
    let (nonce, body) =
        rest.split_first_chunk::<NONCE_BYTES>().ok_or_else(|| Error::damaged("an encrypted value is cut"))?;
    let cipher = Aes256Gcm::new(key.into());
    cipher
        .decrypt(&Nonce::from(*nonce), Payload { msg: body, aad: bound_to })
        .map_err(|_| Error::damaged("an encrypted value was altered, or the key file is another site's"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matter() -> MatterId {
        MatterId { region: Region(421_321), uuid: uuid::Uuid::from_u128(42) }
    }

    #[test]
    fn a_code_names_its_region_and_forgives_how_it_is_written() {
        let keys = Keys::derive(&[7; 32]);
        let code = keys.query_code(matter(), 0);
        assert_eq!(code.len(), CODE_CHARACTERS);
        let spoken = format!("{}-{}-{}", &code[..4], &code[4..8], &code[8..])
            .to_lowercase()
            .replace('0', "o")
            .replace('1', "l");
        assert_eq!(read_code(&spoken), Some((Region(421_321), code.clone())));
        assert_ne!(keys.query_code(matter(), 1), code);
        assert_ne!(Keys::derive(&[8; 32]).query_code(matter(), 0), code);
        assert_eq!(read_code("CV"), None);
        assert_eq!(read_code("UUUUUUUUUUUU"), None);
    }

    #[test]
    fn a_sealed_text_opens_only_where_it_belongs() {
        let keys = Keys::derive(&[7; 32]);
        let (key, wrapped) = keys.new_data_key(b"matter").unwrap();
        let sealed = key.seal("积水".as_bytes(), b"here").unwrap();
        let again = keys.unwrap_data_key(&wrapped, b"matter").unwrap();
        assert_eq!(again.open(&sealed, b"here").unwrap(), "积水".as_bytes());
        assert!(again.open(&sealed, b"there").is_err());
        assert!(keys.unwrap_data_key(&wrapped, b"other").is_err());
        assert!(Keys::derive(&[8; 32]).unwrap_data_key(&wrapped, b"matter").is_err());
    }

    #[test]
    fn the_same_words_have_the_same_grams_under_the_same_key_only() {
        let keys = Keys::derive(&[7; 32]);
        assert_eq!(keys.grams("门前积水").len(), 3);
        assert!(
            keys.grams("村口门前积水很深").iter().filter(|g| keys.grams("积水").contains(g)).count() == 1
        );
        assert_ne!(keys.grams("积水"), Keys::derive(&[8; 32]).grams("积水"));
        assert!(keys.grams("水").is_empty());
    }
}
