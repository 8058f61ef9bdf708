//! What a process used, as Linux tells in `/proc`.

use std::{fs, sync::OnceLock};

use anyhow::{Context, Result};

/// Seconds of CPU that a process has used so far; `self` for this one.
pub fn cpu_of(process: &str) -> Result<f64> {
    let [user, system, ..] = times(&format!("/proc/{process}/stat"))?;
    Ok((user + system) / ticks())
}

/// Seconds of CPU of the children of this process that have ended.
pub fn cpu_of_children() -> Result<f64> {
    let [_, _, user, system] = times("/proc/self/stat")?;
    Ok((user + system) / ticks())
}

/// Seconds of CPU of the threads of a process that bear a name.
pub fn cpu_of_threads(process: &str, name: &str) -> Result<f64> {
    let mut sum = 0.0;
    for task in fs::read_dir(format!("/proc/{process}/task"))? {
        let folder = task?.path();
        // A thread may end while we look.
        let Ok(own) = fs::read_to_string(folder.join("comm")) else { continue };
        if own.trim() == name {
            let [user, system, ..] = times(&folder.join("stat").display().to_string())?;
            sum += (user + system) / ticks();
        }
    }
    Ok(sum)
}

/// Seconds of CPU that everything on this machine has used so far.
pub fn cpu_of_machine() -> Result<f64> {
    let text = fs::read_to_string("/proc/stat")?;
    let line = text.lines().next().context("/proc/stat is empty")?;
    let numbers: Vec<f64> = line.split_whitespace().skip(1).filter_map(|word| word.parse().ok()).collect();
    let [user, nice, system, _idle, _waiting, interrupts, soft_interrupts, ..] = numbers.as_slice() else {
        anyhow::bail!("/proc/stat begins strangely: {line}");
    };
    Ok((user + nice + system + interrupts + soft_interrupts) / ticks())
}

/// Most memory that a process has held at once, in MiB.
pub fn peak_memory(process: &str) -> Result<f64> {
    let text = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = text.lines().find(|line| line.starts_with("VmHWM:")).context("no VmHWM")?;
    let kib: f64 = line.split_whitespace().nth(1).context("no number")?.parse()?;
    Ok(kib / 1024.0)
}

/// How many cores there are to use.
#[must_use]
pub fn cores() -> f64 {
    std::thread::available_parallelism().map_or(1.0, |count| crate::statistics::number(count.get()))
}

/// Own time in user and system mode, then that of ended children, in ticks.
fn times(file: &str) -> Result<[f64; 4]> {
    let text = fs::read_to_string(file).with_context(|| format!("{file}: has the process ended?"))?;
    // The name in brackets may hold anything, brackets too.
    let (_, rest) = text.rsplit_once(')').context("no name in brackets")?;
    let fields: Vec<f64> =
        rest.split_whitespace().skip(11).take(4).filter_map(|word| word.parse().ok()).collect();
    fields.try_into().ok().with_context(|| format!("{file} has too few fields"))
}

fn ticks() -> f64 {
    static TICKS: OnceLock<f64> = OnceLock::new();
    *TICKS.get_or_init(|| {
        let told = std::process::Command::new("getconf").arg("CLK_TCK").output();
        let text = told.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
        text.ok().and_then(|text| text.parse().ok()).unwrap_or(100.0)
    })
}
