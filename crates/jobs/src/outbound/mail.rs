//! Mail through a server (SMTP with TLS).

use anyhow::{Context, Result};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor, message::header::ContentType};

use super::Message;

/// A mail server.
#[derive(Clone)]
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: String,
}

impl Smtp {
    /// A server by its address, such as `smtps://user:password@mail.example.org`, and the sender's address.
    ///
    /// # Errors
    /// When the address cannot be read.
    pub fn new(url: &str, from: &str) -> Result<Self> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .context("the mail server's address cannot be read")?
            .build();
        Ok(Self { transport, from: from.to_owned() })
    }

    pub(super) async fn send(&self, message: &Message) -> Result<()> {
        let mail = lettre::Message::builder()
            .from(self.from.parse().context("the sender's address cannot be read")?)
            .to(message
                .to
                .parse()
                .map_err(|_| anyhow::anyhow!("the reporter's mail address cannot be read"))?)
            .message_id(Some(format!("<{}@fengsi>", message.id)))
            .subject(message.subject())
            .header(ContentType::TEXT_PLAIN)
            .body(message.text())?;
        // The server's answer may quote the address: only its kind is kept.
        self.transport.send(mail).await.map_err(|error| {
            let lasting = if error.is_permanent() { "for good" } else { "for now" };
            anyhow::anyhow!(
                "the mail server refused the message {lasting} ({:?})",
                error.status().map(|code| code.to_string())
            )
        })?;
        Ok(())
    }
}
