//! A few drawn pictures of places, for the demo's photos: sky, ground, a road, a lamp, a house.

use anyhow::Result;
use casework::id::PhotoId;
use image::{ImageFormat, Rgb, RgbImage};
use store::Store;

use super::{random::Random, site};

/// How many pictures there are. Tests look at none, and drawing takes its time.
const PICTURES: u64 = if cfg!(test) { 1 } else { 24 };
const WIDTH: u32 = 960;
const HEIGHT: u32 = 640;

/// Draws the pictures and stores them as uploads; the photos of the year show them again and again.
pub(super) async fn take(store: &Store) -> Result<Vec<PhotoId>> {
    let mut drawn = tokio::task::JoinSet::new();
    for nth in 0..PICTURES {
        let store = store.clone();
        drawn.spawn(async move {
            let bytes = tokio::task::spawn_blocking(move || draw(nth)).await??;
            let taken = store.add_photo(bytes, site::clock_start()).await?;
            anyhow::Ok((nth, taken.id))
        });
    }
    let mut taken = Vec::new();
    while let Some(picture) = drawn.join_next().await {
        taken.push(picture??);
    }
    taken.sort_unstable();
    Ok(taken.into_iter().map(|(_, id)| id).collect())
}

fn draw(nth: u64) -> Result<Vec<u8>> {
    let mut random = Random::of("picture", nth);
    let (hue, horizon) = (random.below(40), 220 + u32::try_from(random.below(120))?);
    let (road, house, lamp) = (480 + random.below(160), random.below(500), random.below(800));
    let mut picture = RgbImage::new(WIDTH, HEIGHT);
    for (x, y, pixel) in picture.enumerate_pixels_mut() {
        *pixel = colour(
            i64::from(x),
            i64::from(y),
            i64::from(horizon),
            [i64::try_from(hue)?, i64::try_from(road)?, i64::try_from(house)?, i64::try_from(lamp)?],
        );
    }
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Jpeg)?;
    Ok(bytes.into_inner())
}

/// What a point of the picture shows.
fn colour(x: i64, y: i64, horizon: i64, [hue, road, house, lamp]: [i64; 4]) -> Rgb<u8> {
    let shade =
        |r: i64, g: i64, b: i64| Rgb([r, g, b].map(|value| u8::try_from(value.clamp(0, 255)).unwrap_or(0)));
    let walls = (house..house + 260).contains(&x) && (horizon - 110..horizon + 40).contains(&y);
    let roof = y < horizon - 110 && y > horizon - 190 && (x - house - 130).abs() < (y - horizon + 190) * 2;
    let pole = (lamp..lamp + 8).contains(&x) && (horizon - 180..horizon + 90).contains(&y);
    let window = walls
        && (x - house).rem_euclid(90) > 30
        && (x - house).rem_euclid(90) < 66
        && y > horizon - 80
        && y < horizon - 30;
    let half = 30 + (y - horizon).max(0) * 3 / 4;
    match () {
        () if pole => shade(70, 74, 80),
        () if window => shade(96, 118, 128),
        () if walls => shade(206 - hue, 190, 168),
        () if roof => shade(120 + hue, 84, 72),
        () if y < horizon => shade(176 - hue + y / 6, 196 + y / 8, 206 + y / 10),
        () if (x - road).abs() < half && (x - road).abs() > half - 5 => shade(226, 222, 206),
        () if (x - road).abs() < half => shade(128 + (x + y) % 7, 128 + (x * 3 + y) % 5, 126),
        () => shade(120 + (x * 7 + y * 3) % 11 - hue / 2, 142 + (x + y * 5) % 13, 96 + hue / 2),
    }
}
