//! Words to reporters: in the app they stand on the follow page; by mail they go through here.

mod mail;

use std::path::PathBuf;

use anyhow::{Context, Result};
use casework::{followup::Notice, id::Number};
use uuid::Uuid;

pub use mail::Smtp;

/// A message to a reporter. It names the matter by number and says nothing of what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The same when the same follow-up is carried out again.
    pub id: Uuid,
    /// A mail address.
    pub to: String,
    /// What happened.
    pub notice: Notice,
    /// The number people see.
    pub number: Number,
    /// The site's name.
    pub site: String,
}

impl Message {
    /// The subject.
    #[must_use]
    pub fn subject(&self) -> String {
        format!("{}：您反映的事项 {} 有新进展", self.site, self.number)
    }

    /// The text, in Chinese and English.
    #[must_use]
    pub fn text(&self) -> String {
        let (chinese, english) = said(self.notice);
        format!(
            "您反映的事项 {number} {chinese}\n用查询码可以看到全部进展，也可以补充、催办、评价或撤回。\n\n\
             Your matter {number} {english}\nWith your query code you can see everything, add to it, hurry us, judge the result or withdraw.\n",
            number = self.number
        )
    }
}

fn said(notice: Notice) -> (&'static str, &'static str) {
    match notice {
        Notice::Asked => ("需要您补充情况。", "needs a few more words from you."),
        Notice::Guided => {
            ("有别的办理途径，已写明去哪里办。", "has another road; we wrote down where to go.")
        }
        Notice::Merged => {
            ("与另一件相同的事项一起办理。", "goes on together with another report of the same trouble.")
        }
        Notice::Dispatched => ("已交给办理单位。", "was given to the unit that handles it."),
        Notice::ExtensionDecided => ("的办理期限有变化。", "has a new time limit."),
        Notice::Suspended => ("暂停计时，原因已写明。", "stands still for now; the reason is written down."),
        Notice::Progressed => ("有新进展。", "has made progress."),
        Notice::Judge => ("已有结果，请您评价。", "has a result; please tell us whether you are satisfied."),
        Notice::WorkAgain => ("要重新办理。", "is being worked on again."),
        Notice::Closed => ("已办结归档。", "is closed."),
        Notice::Reopened => ("已重新打开。", "was opened again."),
    }
}

/// Where mail goes.
#[derive(Clone)]
pub enum Outbound {
    /// Nowhere: the site sends no mail.
    None,
    /// Into a folder, one file a message; for the demo and for tests.
    Folder(PathBuf),
    /// To a mail server.
    Smtp(Smtp),
}

impl Outbound {
    /// Sends a message; sending the same one again makes no second one in a folder.
    ///
    /// # Errors
    /// When it cannot be written or the server refuses it.
    pub async fn send(&self, message: Message) -> Result<()> {
        match self {
            Self::None => Ok(()),
            Self::Folder(folder) => {
                tokio::fs::create_dir_all(folder).await?;
                let file = folder.join(format!("{}.txt", message.id));
                let text =
                    format!("To: {}\nSubject: {}\n\n{}", message.to, message.subject(), message.text());
                tokio::fs::write(&file, text)
                    .await
                    .with_context(|| format!("{} cannot be written", file.display()))
            }
            Self::Smtp(smtp) => smtp.send(&message).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_message_sent_twice_is_one_file_and_says_nothing_of_the_matter() {
        let folder = tempfile::tempdir().unwrap();
        let outbound = Outbound::Folder(folder.path().to_owned());
        for notice in Notice::ALL {
            let message = Message {
                id: Uuid::from_u128(notice.index().unsigned_abs().into()),
                to: "someone@example.org".into(),
                notice: *notice,
                number: Number("SZ-421321117-20240102-0007".into()),
                site: "平安随州".into(),
            };
            outbound.send(message.clone()).await.unwrap();
            outbound.send(message.clone()).await.unwrap();
            assert!(message.text().contains("SZ-421321117-20240102-0007"));
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), Notice::ALL.len());
    }
}
