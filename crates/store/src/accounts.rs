//! People who sign in, what they may be, and their stays.

use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use casework::{
    actor::{Grant, Staff},
    id::AccountId,
};
use jiff::{Timestamp, ToSpan};
use sha2::{Digest, Sha256};

use crate::{
    Store,
    context::{grants_of, read_grant},
    error::{Error, Result},
    keys::random,
    log::hex,
    value::Statement,
};

/// Hours without a request after which a stay is over.
const IDLE_HOURS: i64 = 12;
/// Hours after which a stay is over in any case.
const LONGEST_HOURS: i64 = 24 * 7;
/// Shortest password.
pub const SHORTEST_PASSWORD: usize = 10;

/// An account to be made.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Its id.
    pub id: AccountId,
    /// The name it signs in with.
    pub name: String,
    /// The name colleagues see.
    pub display_name: String,
    /// Its hashed password, from [`hash_password`].
    pub password: String,
    /// What it may be.
    pub grants: Vec<Grant>,
}

/// An account as its colleagues see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The name it signs in with.
    pub name: String,
    /// The name colleagues see.
    pub display_name: String,
}

/// An account with what it may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffRow {
    /// The account.
    pub account: Account,
    /// Account and grants as the rules see them.
    pub staff: Staff,
}

/// A stay.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who.
    pub who: StaffRow,
    /// What every changing request must carry.
    pub csrf: String,
}

/// Hashes a password with argon2id. Slow on purpose: call it away from the threads that answer requests.
///
/// # Errors
/// [`Error::Setup`] when the password is too short or cannot be hashed.
pub fn hash_password(password: &str) -> Result<String> {
    if password.chars().count() < SHORTEST_PASSWORD {
        return Err(Error::Setup(format!("a password has at least {SHORTEST_PASSWORD} characters")));
    }
    let salt = random::<16>()?;
    let hash = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
    hash.map(|hash| hash.to_string())
        .map_err(|error| Error::Setup(format!("the password cannot be hashed: {error}")))
}

fn matches(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// A hash that no password has: an unknown name costs as much time as a wrong password.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

impl Store {
    /// Makes accounts, or replaces those with the same id.
    ///
    /// # Errors
    /// Those of the database, such as a name that is taken.
    pub async fn add_accounts(&self, accounts: &[NewAccount], now: Timestamp) -> Result<()> {
        let mut statements = Vec::new();
        for new in accounts {
            statements.push(
                Statement::new(
                    "insert into accounts (id, name, display_name, password, disabled, created_at) values ($1, $2, $3, $4, 0, $5)
                     on conflict (id) do update set name = excluded.name, display_name = excluded.display_name, password = excluded.password",
                )
                .bind(new.id.0)
                .bind(new.name.clone())
                .bind(new.display_name.clone())
                .bind(new.password.clone())
                .bind(now),
            );
            // A new password or other grants: whoever stays with the old ones signs in again.
            statements.push(Statement::new("delete from sign_ins where account = $1").bind(new.id.0));
            statements.push(Statement::new("delete from grants where account = $1").bind(new.id.0));
            for grant in &new.grants {
                statements.push(
                    Statement::new("insert into grants (account, role, unit, area) values ($1, $2, $3, $4)")
                        .bind(new.id.0)
                        .bind(grant.role.as_str())
                        .bind(grant.unit.0.clone())
                        .bind(grant.area.to_string()),
                );
            }
        }
        self.database.execute(statements).await.map(drop)
    }

    /// The account with a name, if it is not disabled.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn account_named(&self, name: &str) -> Result<Option<StaffRow>> {
        let statement =
            Statement::new("select id, name, display_name from accounts where name = $1 and disabled = 0")
                .bind(name);
        match self.database.fetch(statement).await?.first() {
            Some(row) => {
                let account = Account {
                    id: AccountId(row.uuid(0)?),
                    name: row.text(1)?.to_owned(),
                    display_name: row.text(2)?.to_owned(),
                };
                self.with_grants(account).await.map(Some)
            }
            None => Ok(None),
        }
    }

    /// The names colleagues see of accounts.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn display_names(
        &self,
        accounts: &[AccountId],
    ) -> Result<std::collections::HashMap<AccountId, String>> {
        let mut statement = Statement::new("select id, display_name from accounts where id in ");
        statement.push_list(accounts.iter().map(|account| account.0));
        let rows = self.database.fetch(statement).await?;
        rows.iter().map(|row| Ok((AccountId(row.uuid(0)?), row.text(1)?.to_owned()))).collect()
    }

    /// The names with which accounts sign in.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn sign_in_names(
        &self,
        accounts: &[AccountId],
    ) -> Result<std::collections::HashMap<AccountId, String>> {
        let mut statement = Statement::new("select id, name from accounts where id in ");
        statement.push_list(accounts.iter().map(|account| account.0));
        let rows = self.database.fetch(statement).await?;
        rows.iter().map(|row| Ok((AccountId(row.uuid(0)?), row.text(1)?.to_owned()))).collect()
    }

    /// The mediators of a committee who may sign in, by name.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn mediators_of(&self, unit: &casework::id::UnitId) -> Result<Vec<Account>> {
        let statement = Statement::new(
            "select distinct a.id, a.name, a.display_name from grants g join accounts a on a.id = g.account
             where g.unit = $1 and g.role = $2 and a.disabled = 0 order by a.display_name, a.id",
        )
        .bind(unit.0.clone())
        .bind(casework::actor::Role::Mediator.as_str());
        let rows = self.database.fetch(statement).await?;
        let account = |row: &crate::value::Row| {
            Ok(Account {
                id: AccountId(row.uuid(0)?),
                name: row.text(1)?.to_owned(),
                display_name: row.text(2)?.to_owned(),
            })
        };
        rows.iter().map(account).collect()
    }

    async fn with_grants(&self, account: Account) -> Result<StaffRow> {
        let rows = self.database.fetch(grants_of(account.id)).await?;
        let grants = rows.iter().map(read_grant).collect::<Result<_>>()?;
        Ok(StaffRow { staff: Staff { account: account.id, grants }, account })
    }

    /// Begins a stay: the secret for the cookie, and who it is. Nothing when name or password is wrong; which of the two
    /// is not told.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn sign_in(
        &self,
        name: &str,
        password: &str,
        now: Timestamp,
    ) -> Result<Option<(String, SignedIn)>> {
        let statement =
            Statement::new("select password from accounts where name = $1 and disabled = 0").bind(name);
        let found = self
            .database
            .fetch(statement)
            .await?
            .first()
            .map(|row| row.text(0).map(str::to_owned))
            .transpose()?;
        let (password, hash) = (password.to_owned(), found.clone().unwrap_or_else(|| NOBODY.to_owned()));
        let turn = self.password_checks.acquire().await.map_err(|_| Error::Busy)?;
        let right =
            tokio::task::spawn_blocking(move || matches(&password, &hash)).await.map_err(|_| Error::Busy)?;
        drop(turn);
        let Some(who) = self.account_named(name).await?.filter(|_| right && found.is_some()) else {
            return Ok(None);
        };
        let (secret, csrf) = (hex(&random::<32>()?), hex(&random::<16>()?));
        let stay = Statement::new("insert into sign_ins (token_hash, account, csrf, created_at, seen_at) values ($1, $2, $3, $4, $4)")
            .bind(token_hash(&secret))
            .bind(who.account.id.0)
            .bind(csrf.clone())
            .bind(now);
        let over = Statement::new("delete from sign_ins where created_at < $1")
            .bind(before(now, LONGEST_HOURS.hours())?);
        self.database.execute(vec![over, stay]).await?;
        Ok(Some((secret, SignedIn { who, csrf })))
    }

    /// Who stays with a cookie's secret; nothing when the stay is over.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn signed_in(&self, secret: &str, now: Timestamp) -> Result<Option<SignedIn>> {
        let statement = Statement::new(
            "select a.id, a.name, a.display_name, s.csrf, s.created_at, s.seen_at from sign_ins s join accounts a on a.id = s.account where s.token_hash = $1 and a.disabled = 0",
        )
        .bind(token_hash(secret));
        let rows = self.database.fetch(statement).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        if row.moment(4)? < before(now, LONGEST_HOURS.hours())?
            || row.moment(5)? < before(now, IDLE_HOURS.hours())?
        {
            self.sign_out(secret).await?;
            return Ok(None);
        }
        if row.moment(5)? < before(now, 10.minutes())? {
            let seen = Statement::new("update sign_ins set seen_at = $1 where token_hash = $2")
                .bind(now)
                .bind(token_hash(secret));
            self.database.execute(vec![seen]).await?;
        }
        let account = Account {
            id: AccountId(row.uuid(0)?),
            name: row.text(1)?.to_owned(),
            display_name: row.text(2)?.to_owned(),
        };
        let csrf = row.text(3)?.to_owned();
        Ok(Some(SignedIn { who: self.with_grants(account).await?, csrf }))
    }

    /// Ends a stay.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn sign_out(&self, secret: &str) -> Result<()> {
        let statement = Statement::new("delete from sign_ins where token_hash = $1").bind(token_hash(secret));
        self.database.execute(vec![statement]).await.map(drop)
    }
}

fn before(now: Timestamp, span: jiff::Span) -> Result<Timestamp> {
    now.checked_sub(span).map_err(Error::damaged)
}

fn token_hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}
