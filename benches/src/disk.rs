//! How long the disk itself takes to make four kilobytes durable.

use std::{
    fs::File,
    io::{Seek, SeekFrom, Write},
    path::Path,
    time::Instant,
};

use anyhow::Result;

const BLOCK: usize = 4096;
/// Blocks of the file, written over in turns as a log is.
const BLOCKS: usize = 1024;

/// Microseconds of `count` writes of four kilobytes with `fdatasync`, into a file whose place on the disk is settled.
pub fn sync_times(folder: &Path, count: usize) -> Result<Vec<f64>> {
    let path = folder.join("sync");
    let mut file = File::create(&path)?;
    let block = [0x5a_u8; BLOCK];
    for _ in 0..BLOCKS {
        file.write_all(&block)?;
    }
    file.sync_all()?;
    let mut times = Vec::with_capacity(count);
    for nth in 0..count {
        if nth % BLOCKS == 0 {
            file.seek(SeekFrom::Start(0))?;
        }
        let begun = Instant::now();
        file.write_all(&block)?;
        file.sync_data()?;
        times.push(begun.elapsed().as_secs_f64() * 1e6);
    }
    drop(file);
    std::fs::remove_file(path)?;
    Ok(times)
}
