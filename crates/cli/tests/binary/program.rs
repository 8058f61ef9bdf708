//! Runs of the program, and sites in folders of their own.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

const DIVISIONS: &str = "code,name,level,parent_code\n\
    4213,随州市,city,42\n421321,随县,county,4213\n421321117,柳林镇,town,421321\n421321117204,雁子河村村民委员会,village,421321117\n";

/// An outline of the city.
pub(crate) const SHAPES: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"4213"},
    "geometry":{"type":"Polygon","coordinates":[[[113,31],[114,31],[114,32],[113,32],[113,31]]]}}]}"#;

/// The program, with nothing of this machine's environment that could change what it does.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fengsi"));
    for name in [
        "FENGSI_DATA",
        "FENGSI_DATABASE",
        "FENGSI_LISTEN",
        "FENGSI_LOG",
        "FENGSI_MAIL_SERVER",
        "FENGSI_MAIL_FROM",
    ] {
        command.env_remove(name);
    }
    command.env("NO_COLOR", "1");
    command
}

/// What a run of the program said.
pub(crate) struct Run(Output);

impl Run {
    pub(crate) fn of(arguments: &[&str]) -> Self {
        Self(program().args(arguments).output().unwrap())
    }

    /// Standard output and standard error.
    pub(crate) fn said(&self) -> String {
        [&self.0.stdout, &self.0.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat()
    }

    #[track_caller]
    pub(crate) fn succeeds(self) -> String {
        assert!(self.0.status.success(), "{}", self.said());
        self.said()
    }

    /// Ends with status 1 or 2 and says why; never a panic.
    #[track_caller]
    pub(crate) fn fails(self) -> String {
        assert!(matches!(self.0.status.code(), Some(1 | 2)), "{:?}: {}", self.0.status, self.said());
        self.said()
    }
}

/// A site in a folder that ends with the test.
pub(crate) struct Site {
    folder: TempDir,
}

impl Site {
    /// A place where no site is.
    pub(crate) fn nowhere() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A city with one village.
    pub(crate) fn set_up() -> Self {
        let site = Self::nowhere();
        let divisions = site.write("divisions.csv", DIVISIONS);
        let said =
            site.run(&["setup", "--area", "4213", "--prefix", "SX", "--divisions", &divisions]).succeeds();
        assert!(said.contains("4 areas and 4 centres") && said.contains("First sign-in: director"), "{said}");
        site
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder().join("site")
    }

    /// Writes a file beside the site.
    pub(crate) fn write(&self, name: &str, text: &str) -> String {
        let path = self.folder().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// A subcommand with the site's folder; what comes first in the arguments is its name.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        let (subcommand, rest) = arguments.split_first().unwrap();
        let data = self.data();
        Run::of(&[&[subcommand, "--data", data.to_str().unwrap()], rest].concat())
    }
}

/// Lets everybody on the machine read a file.
pub(crate) fn open_to_everybody(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o644)).unwrap();
}
