//! What follows from events: commands for other matters, reports of children, words to reporters.

use anyhow::{Context, Result, bail};
use casework::{
    Refusal,
    actor::Actor,
    followup::FollowUp,
    id::{CommandId, MatterId},
    matter::{
        Command, Contact, Part, PlaceGiven, Report, Stage,
        command::{Absorb, Reopen},
    },
    talk_day::{TalkCommand, TalkItem, command::RecordMatter},
};
use jiff::Timestamp;
use store::{ClaimedJob, Error, NewCommand, NewReport, NewTalkCommand};

use crate::{Jobs, outbound::Message};

/// Follow-ups of one round.
const MOST: u32 = 100;

impl Jobs {
    pub(crate) async fn follow_up(&self, now: Timestamp) -> Result<usize> {
        let jobs = self.store.claim_jobs(now, MOST).await?;
        let count = jobs.len();
        let mut done = Vec::with_capacity(count);
        for job in jobs {
            match self.carry_out(&job, now).await {
                // Mail that was sent is not sent again when the rest of the round comes to nothing.
                Ok(()) if matches!(job.job.follow_up, FollowUp::Notify { .. }) => {
                    self.store.jobs_done(&[job]).await?;
                }
                Ok(()) => done.push(job),
                Err(error) => {
                    tracing::warn!(error = format!("{error:#}"), matter = %job.job.matter, "a follow-up failed and is tried again");
                    self.store.job_failed(&job, &format!("{error:#}"), now).await?;
                }
            }
        }
        self.store.jobs_done(&done).await?;
        Ok(count)
    }

    pub(crate) async fn carry_out(&self, job: &ClaimedJob, now: Timestamp) -> Result<()> {
        let matter = job.job.matter;
        match &job.job.follow_up {
            FollowUp::Notify { notice } => self.notify(matter, *notice, job).await,
            FollowUp::Absorb { into } => {
                self.system(job, now, *into, Command::Absorb(Absorb { from: matter })).await
            }
            FollowUp::ReopenTarget { target, reason } => {
                let source = self.store.matter(matter).await?;
                let reason = self.store.text(matter, &source.data_key, *reason).await?.unwrap_or_default();
                if self.store.matter(*target).await?.matter.stage != Stage::Closed {
                    return Ok(());
                }
                self.system(job, now, *target, Command::Reopen(Reopen { reason })).await
            }
            FollowUp::Children { parts } => {
                for part in parts {
                    self.child(matter, part, now).await?;
                }
                Ok(())
            }
            FollowUp::TellTalkDay { of } => self.tell_talk_day(job, now, *of).await,
        }
    }

    /// Tells a talk day which matter a thing became that was raised there.
    async fn tell_talk_day(&self, job: &ClaimedJob, now: Timestamp, of: TalkItem) -> Result<()> {
        let command = RecordMatter { item: of.item, matter: job.job.matter };
        let new = NewTalkCommand {
            id: job.command_id(0),
            actor: Actor::System,
            now,
            day: of.day,
            base_version: None,
            command: TalkCommand::RecordMatter(command),
        };
        match self.store.talk(new).await {
            // Said before: by whoever reported the matter, or whoever died before saying so.
            Ok(_) | Err(Error::Refused(Refusal::NothingToChange)) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    async fn system(
        &self,
        job: &ClaimedJob,
        now: Timestamp,
        matter: MatterId,
        command: Command,
    ) -> Result<()> {
        let new = NewCommand {
            id: job.command_id(0),
            actor: Actor::System,
            now,
            matter,
            base_version: None,
            command,
        };
        match self.store.command(new).await {
            // Done before, by whoever died before saying so.
            Ok(_) | Err(Error::Refused(Refusal::NothingToChange)) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Reports one child of a split matter. Its id stands in the parent's event, so that it is reported once.
    pub(crate) async fn child(&self, parent: MatterId, part: &Part, now: Timestamp) -> Result<()> {
        match self.store.matter(part.child).await {
            // Reported before, by whoever died before saying so; the parent may have changed since.
            Ok(_) => return Ok(()),
            Err(Error::NoMatter(_)) => {}
            Err(error) => return Err(error.into()),
        }
        let row = self.store.matter(parent).await?;
        let words = self
            .store
            .text(parent, &row.data_key, part.words.id)
            .await?
            .context("the words of a part were erased")?;
        let place = row.matter.place.map_or(PlaceGiven::Area { area: row.matter.area }, PlaceGiven::Point);
        let report = Report {
            source: row.matter.source,
            place,
            words,
            class: Some(part.class),
            category: part.category.clone(),
            urgency: Some(row.matter.urgency),
            address: None,
            photos: Vec::new(),
            contact: None,
            parent: Some(parent),
            talk_day: None,
        };
        let new = NewReport { id: CommandId(part.child.uuid), actor: Actor::System, now, report };
        let answer = self.store.report(new).await?;
        if answer.matter != part.child {
            bail!("the child was recorded as {} but its parent names {}", answer.matter, part.child);
        }
        Ok(())
    }

    /// Tells the reporter by mail, if there is an address. The message holds the number and no word of the matter.
    async fn notify(
        &self,
        matter: MatterId,
        notice: casework::followup::Notice,
        job: &ClaimedJob,
    ) -> Result<()> {
        let row = self.store.matter(matter).await?;
        let Some(text) = row.matter.contact else { return Ok(()) };
        let Some(words) = self.store.text(matter, &row.data_key, text).await? else { return Ok(()) };
        let contact: Contact = serde_json::from_str(&words)?;
        let Some(to) = contact.email else { return Ok(()) };
        let message = Message {
            id: job.command_id(0).0,
            to,
            notice,
            number: row.matter.number.clone(),
            site: self.store.settings().name.clone(),
        };
        self.outbound.send(message).await
    }
}
