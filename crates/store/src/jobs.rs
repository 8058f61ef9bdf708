//! The queue of things to do later: follow-ups of commits, claimed one at a time, tried again when they fail.

use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

use casework::id::{MatterId, Region};

use crate::{
    Store,
    change::Job,
    error::{Error, Result},
    value::Statement,
};

/// Minutes after which a claim is void: whoever made it has died.
const CLAIM_MINUTES: i64 = 10;

/// A job that this process may do now.
#[derive(Debug, Clone)]
pub struct ClaimedJob {
    region: Region,
    id: Uuid,
    attempts: u32,
    /// What to do.
    pub job: Job,
    /// When it was to run: the moment of the commit it follows from.
    pub run_at: Timestamp,
}

/// Jobs that failed as often as they are tried, and stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StuckJobs {
    /// How many.
    pub count: i64,
    /// Why the newest of them failed.
    pub newest_failure: String,
}

impl ClaimedJob {
    /// The id of a command that carries out part of the job: the same whenever the job is done again.
    #[must_use]
    pub fn command_id(&self, part: u32) -> casework::id::CommandId {
        let block = self.id.as_u128() ^ (u128::from(part) + 1) << 64 ^ 0x006a_6f62;
        casework::id::CommandId(uuid::Builder::from_custom_bytes(block.to_be_bytes()).into_uuid())
    }
}

impl Store {
    /// Claims jobs whose time has come, oldest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn claim_jobs(&self, now: Timestamp, most: u32) -> Result<Vec<ClaimedJob>> {
        let until = now.checked_add(CLAIM_MINUTES.minutes()).map_err(Error::damaged)?;
        let due = Statement::new("select region, id, body, attempts, run_at from jobs where run_at <= $1 and claimed_until < $1 and attempts < 10 order by run_at limit $2")
            .bind(now)
            .bind(most);
        let mut jobs = Vec::new();
        let mut claims = Vec::new();
        for row in self.database.fetch_list(due).await? {
            let job = ClaimedJob {
                region: Region(row.u32(0)?),
                id: row.uuid(1)?,
                attempts: row.u32(3)? + 1,
                job: serde_json::from_str(row.text(2)?).map_err(Error::damaged)?,
                run_at: row.moment(4)?,
            };
            let claim = Statement::new("update jobs set claimed_until = $1, attempts = $2 where region = $3 and id = $4 and attempts = $2 - 1 and claimed_until < $5")
                .bind(until)
                .bind(job.attempts)
                .bind(job.region.0)
                .bind(job.id)
                .bind(now);
            claims.push(claim);
            jobs.push(job);
        }
        if claims.is_empty() {
            return Ok(jobs);
        }
        // What another process has claimed meanwhile is its own.
        let claimed = self.database.execute(claims).await?;
        Ok(jobs.into_iter().zip(claimed).filter(|(_, rows)| *rows == 1).map(|(job, _)| job).collect())
    }

    /// The jobs are done.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn jobs_done(&self, jobs: &[ClaimedJob]) -> Result<()> {
        if jobs.is_empty() {
            return Ok(());
        }
        let gone = |job: &ClaimedJob| {
            Statement::new("delete from jobs where region = $1 and id = $2").bind(job.region.0).bind(job.id)
        };
        self.database.execute(jobs.iter().map(gone).collect()).await.map(drop)
    }

    /// The job failed; it is tried again later, each time after a longer while.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn job_failed(&self, job: &ClaimedJob, failure: &str, now: Timestamp) -> Result<()> {
        let wait = (1_i64 << job.attempts.min(10)).minutes();
        let statement = Statement::new(
            "update jobs set claimed_until = 0, run_at = $1, failure = $2 where region = $3 and id = $4",
        )
        .bind(now.checked_add(wait).map_err(Error::damaged)?)
        .bind(failure.chars().take(400).collect::<String>())
        .bind(job.region.0)
        .bind(job.id);
        self.database.execute(vec![statement]).await.map(drop)
    }

    /// The jobs that nobody tries any more; nothing when there are none.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn stuck_jobs(&self, now: Timestamp) -> Result<Option<StuckJobs>> {
        // Who is claimed is tried for the last time just now.
        let statement = Statement::new(
            "select count(*) over (), coalesce(failure, '') from jobs where attempts >= 10 and claimed_until < $1 order by run_at desc limit 1",
        )
        .bind(now);
        let rows = self.database.fetch_list(statement).await?;
        let stuck = |row: &crate::value::Row| {
            Ok(StuckJobs { count: row.int(0)?, newest_failure: row.text(1)?.to_owned() })
        };
        rows.first().map(stuck).transpose()
    }

    /// The id of what the system does for a matter at a version: the same for two workers, so that it is done once.
    #[must_use]
    pub fn wake_id(&self, matter: MatterId, version: u32) -> casework::id::CommandId {
        casework::id::CommandId(
            self.keys.own_id("wake", &[matter.to_string().as_bytes(), &version.to_be_bytes()]),
        )
    }

    /// The id of the command that tells a talk day of its matter: the same when the report is sent again.
    #[must_use]
    pub fn talk_link_id(&self, matter: MatterId) -> casework::id::CommandId {
        casework::id::CommandId(self.keys.own_id("talk day told", &[matter.to_string().as_bytes()]))
    }

    /// Matters for which the system itself has something to do, most overdue first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn waking(&self, now: Timestamp, most: u32) -> Result<Vec<MatterId>> {
        let statement =
            Statement::new("select region, id from matters where wake_at <= $1 order by wake_at limit $2")
                .bind(now)
                .bind(most);
        self.database.fetch_list(statement).await?.iter().map(|row| row.matter(0, 1)).collect()
    }
}
