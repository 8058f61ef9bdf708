//! Load over HTTP, cheap enough to share two cores with what it measures: one thread, requests made beforehand, connections
//! kept open, answers read no further than needed.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use anyhow::{Context, Result, bail};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{reports::Made, statistics::percentile};

/// What one round took.
pub struct Taken {
    /// From the first request to the last answer.
    pub seconds: f64,
    /// Microseconds of each request.
    pub latencies: Vec<f64>,
}

impl Taken {
    /// Reports answered in a second.
    #[must_use]
    pub fn per_second(&self) -> f64 {
        crate::statistics::number(self.latencies.len()) / self.seconds
    }

    /// The latency that half of all requests stayed below.
    #[must_use]
    pub fn p50(&self) -> f64 {
        percentile(&self.latencies, 0.5)
    }

    /// The latency that all but one in a hundred stayed below.
    #[must_use]
    pub fn p99(&self) -> f64 {
        percentile(&self.latencies, 0.99)
    }
}

/// Sends every report once over so many connections; each sends its next one when the last was answered with 201.
pub fn send(address: SocketAddr, connections: usize, reports: &Arc<Vec<Made>>) -> Result<Taken> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    runtime.block_on(async {
        let mut streams = Vec::with_capacity(connections);
        for _ in 0..connections {
            let stream = TcpStream::connect(address).await.context("the server does not answer")?;
            stream.set_nodelay(true)?;
            streams.push(stream);
        }
        let next = Arc::new(AtomicUsize::new(0));
        let begun = Instant::now();
        let senders: Vec<_> = streams
            .into_iter()
            .map(|stream| tokio::spawn(sender(stream, reports.clone(), next.clone())))
            .collect();
        let mut latencies = Vec::with_capacity(reports.len());
        for sender in senders {
            latencies.extend(sender.await??);
        }
        Ok(Taken { seconds: begun.elapsed().as_secs_f64(), latencies })
    })
}

async fn sender(mut stream: TcpStream, reports: Arc<Vec<Made>>, next: Arc<AtomicUsize>) -> Result<Vec<f64>> {
    let mut latencies = Vec::new();
    let mut buffer = Vec::with_capacity(4096);
    while let Some(report) = reports.get(next.fetch_add(1, Ordering::Relaxed)) {
        let begun = Instant::now();
        stream.write_all(&report.request).await?;
        answer(&mut stream, &mut buffer).await?;
        latencies.push(begun.elapsed().as_secs_f64() * 1e6);
    }
    Ok(latencies)
}

async fn answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Result<()> {
    buffer.clear();
    loop {
        if stream.read_buf(buffer).await? == 0 {
            bail!("the server closed the connection: {}", String::from_utf8_lossy(buffer));
        }
        if let Some(whole) = whole_length(buffer)
            && buffer.len() >= whole
        {
            if !buffer.starts_with(b"HTTP/1.1 201 ") {
                bail!("a report was not taken: {}", String::from_utf8_lossy(buffer));
            }
            return Ok(());
        }
    }
}

/// How long the answer is, once its head is there.
fn whole_length(buffer: &[u8]) -> Option<usize> {
    let head_end = buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n")? + 4;
    let head = std::str::from_utf8(buffer.get(..head_end)?).ok()?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    })?;
    Some(head_end + length)
}

#[cfg(test)]
mod tests {
    use super::whole_length;

    #[test]
    fn knows_when_an_answer_is_whole() {
        assert_eq!(whole_length(b"HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nhel"), Some(48));
        assert_eq!(whole_length(b"HTTP/1.1 201 Created\r\nContent-Le"), None);
    }
}
