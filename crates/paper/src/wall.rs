//! The wall around the layout engine: a clock and a scale that end the program with a sentence, and the system's own limit
//! behind them.

use std::process::exit;
use std::thread;
use std::time::{Duration, Instant};

use documents::request::Exit;
use rlimit::Resource;

use crate::{arguments::Arguments, say};

const TICK: Duration = Duration::from_millis(20);
/// What the system's limit leaves above ours, so that the scale speaks first.
const ABOVE: u64 = 256 * 1024 * 1024;

/// From here on the program ends by itself.
pub(crate) fn build(arguments: &Arguments) {
    // Not every system knows each limit; the scale below watches on all that tell what they use.
    let most = arguments.memory_bytes.saturating_add(ABOVE);
    let _ = Resource::DATA.set(most, most);
    // A dump of this memory would be a dump of people's words.
    let _ = Resource::CORE.set(0, 0);
    let end = Instant::now() + Duration::from_secs(arguments.seconds);
    let memory_bytes = arguments.memory_bytes;
    thread::spawn(move || watch(end, memory_bytes));
}

fn watch(end: Instant, memory_bytes: u64) {
    loop {
        if Instant::now() >= end {
            stop(Exit::TooSlow);
        }
        if held_bytes().is_some_and(|held| held > memory_bytes) {
            stop(Exit::TooMuchMemory);
        }
        thread::sleep(TICK);
    }
}

fn stop(why: Exit) -> ! {
    say(why, "");
    exit(i32::from(why.code()))
}

/// Resident memory as Linux tells it.
fn held_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
