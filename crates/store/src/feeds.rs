//! Calendar feeds of mediators: an address that nobody can guess, which its owner makes anew or takes back.

use casework::id::AccountId;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::{Store, error::Result, keys::random, log::hex, value::Statement};

impl Store {
    /// Makes a feed for an account and gives its secret, which is kept nowhere; the one before opens nothing any more.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn make_feed(&self, account: AccountId, now: Timestamp) -> Result<String> {
        let secret = hex(&random::<16>()?);
        let gone = Statement::new("delete from calendar_feeds where account = $1").bind(account.0);
        let new = Statement::new(
            "insert into calendar_feeds (token_hash, account, created_at) values ($1, $2, $3)",
        )
        .bind(hash(&secret))
        .bind(account.0)
        .bind(now);
        self.database.execute(vec![gone, new]).await?;
        Ok(secret)
    }

    /// Takes an account's feed back.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn remove_feed(&self, account: AccountId) -> Result<()> {
        let gone = Statement::new("delete from calendar_feeds where account = $1").bind(account.0);
        self.database.execute(vec![gone]).await.map(drop)
    }

    /// When an account's feed was made.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn feed_since(&self, account: AccountId) -> Result<Option<Timestamp>> {
        let statement =
            Statement::new("select created_at from calendar_feeds where account = $1").bind(account.0);
        self.database.fetch(statement).await?.first().map(|row| row.moment(0)).transpose()
    }

    /// Whose feed a secret opens; nothing when it was taken back or its account may not sign in.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn feed_owner(&self, secret: &str) -> Result<Option<AccountId>> {
        let statement = Statement::new(
            "select f.account from calendar_feeds f join accounts a on a.id = f.account where f.token_hash = $1 and a.disabled = 0",
        )
        .bind(hash(secret));
        let rows = self.database.fetch(statement).await?;
        rows.first().map(|row| row.uuid(0).map(AccountId)).transpose()
    }
}

fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}
