//! Which user of the machine the server runs as: PostgreSQL refuses to run as the super-user.

use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::{debian, process};

/// A user to become; none when we are an ordinary user already.
#[derive(Clone, Copy)]
pub(super) struct Account {
    ids: Option<(u32, u32)>,
}

impl Account {
    /// Ourselves, or `postgres` (else `nobody`) when we are root.
    pub(super) fn choose() -> Result<Self> {
        if !debian::is_root() {
            return Ok(Self { ids: None });
        }
        let users = std::fs::read_to_string("/etc/passwd").context("cannot read the list of users")?;
        let ids = ["postgres", "nobody"].iter().find_map(|name| ids_of(&users, name));
        let ids = ids.context("PostgreSQL does not run as root, and there is no user postgres or nobody")?;
        Ok(Self { ids: Some(ids) })
    }

    /// A command that runs as this user.
    pub(super) fn command(self, program: impl AsRef<Path>, folder: &Path) -> Command {
        let mut command = process::command(&program.as_ref().display().to_string(), folder);
        if let Some((user, group)) = self.ids {
            command.uid(user).gid(group);
        }
        command
    }

    /// Gives a file or folder to this user.
    pub(super) fn own(self, path: &Path) -> Result<()> {
        let Some((user, group)) = self.ids else { return Ok(()) };
        chown(path, Some(user), Some(group)).with_context(|| format!("cannot hand over {}", path.display()))
    }

    /// Whether this user can get into a folder: root's own folders are closed to others.
    pub(super) fn can_enter(self, folder: &Path) -> bool {
        let mut command = self.command("sh", Path::new("/"));
        command.args(["-c", "cd \"$1\"", "sh"]).arg(folder);
        command.stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    }
}

fn ids_of(users: &str, name: &str) -> Option<(u32, u32)> {
    users.lines().find_map(|line| {
        let fields: Vec<&str> = line.split(':').collect();
        match fields.as_slice() {
            [user, _, id, group, ..] if *user == name => Some((id.parse().ok()?, group.parse().ok()?)),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::ids_of;

    #[test]
    fn finds_a_user_by_its_whole_name() {
        let users =
            "root:x:0:0:root:/root:/bin/sh\npostgres2:x:5:6::/:/bin/sh\npostgres:x:101:104:,,,:/:/bin/sh\n";
        assert_eq!(ids_of(users, "postgres"), Some((101, 104)));
        assert_eq!(ids_of(users, "nobody"), None);
    }
}
