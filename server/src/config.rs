//! Configuration: defaults, then `kith.toml`, then `KITH_*` variables, then flags.

use std::{
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use clap::Args;
use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
};
use ipnet::IpNet;
use protocol::community::Community;
use serde::{Deserialize, Serialize};

use crate::community_picture::{PICTURE_BYTES, kind};

/// The address that mails come from when nobody says another one.
const MAIL_ADDRESS: &str = "kith@localhost";
/// The name of a community that has none.
const NAME: &str = "Kith";
/// Characters of its name and of the line about it at most.
const NAME_CHARS: usize = 50;
const ABOUT_CHARS: usize = 200;

/// Everything that can be set. The README's table says the same.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Config {
    /// `KITH_NAME`: what the community calls itself: in titles, on the welcome page, in mails and on home screens.
    pub(crate) name: String,
    /// `KITH_ABOUT`: one line about it, for the welcome page.
    pub(crate) about: String,
    /// `KITH_PICTURE`: its picture, a file: PNG, JPEG or WebP of at most 1 MB.
    pub(crate) picture: Option<PathBuf>,
    /// `KITH_DATA_DIR`: where the database, files and unsent mail are kept.
    pub(crate) data_dir: PathBuf,
    /// `KITH_LISTEN`: the address and port to listen on.
    pub(crate) listen: SocketAddr,
    /// `KITH_PUBLIC_URL`: where people reach Kith. Links in mails, cookies and the check of origins go by it.
    pub(crate) public_url: String,
    /// `KITH_DATABASE_URL`: `postgres://…`; without it, an SQLite file in the data folder.
    pub(crate) database_url: Option<String>,
    /// `KITH_S3_URL`: `s3://key:secret@bucket/folder?region=…&endpoint=…`, where pictures are kept; without it, a folder in
    /// the data folder. Key and secret may also stand in `AWS_*` variables.
    pub(crate) s3_url: Option<String>,
    /// `KITH_PICTURE_QUOTA_MB`: megabytes of pictures that one person may keep.
    pub(crate) picture_quota_mb: u32,
    /// `KITH_DELETION_DAYS`: days during which whoever deleted their account can come back by logging in; 0 deletes it at once.
    pub(crate) deletion_days: u32,
    /// `KITH_FREE_SPACE_MB`: megabytes that stay free on the disk of the data folder: with less, no pictures are taken.
    pub(crate) free_space_mb: u32,
    /// `KITH_SMTP_URL`: `smtps://user:password@host`, or `smtp://host:587?tls=required`; without it, mail is written to
    /// files.
    pub(crate) smtp_url: Option<String>,
    /// `KITH_MAIL_FROM`: the sender of mails.
    pub(crate) mail_from: String,
    /// `KITH_TRUSTED_PROXIES`: networks whose `X-Forwarded-For` is believed, as a list.
    pub(crate) trusted_proxies: Vec<IpNet>,
    /// `KITH_RATE_FACTOR`: multiplies all limits of how often something may be tried.
    pub(crate) rate_factor: u32,
    /// `KITH_LOG`: what is logged, like `info` or `kith=debug`.
    pub(crate) log: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            name: NAME.to_owned(),
            about: String::new(),
            picture: None,
            data_dir: "./data".into(),
            listen: SocketAddr::from(([127, 0, 0, 1], 3000)),
            public_url: "http://localhost:3000".to_owned(),
            database_url: None,
            s3_url: None,
            picture_quota_mb: 1_000,
            deletion_days: 14,
            free_space_mb: 500,
            smtp_url: None,
            mail_from: format!("{NAME} <{MAIL_ADDRESS}>"),
            trusted_proxies: Vec::new(),
            rate_factor: 1,
            log: "info".to_owned(),
        }
    }
}

/// Flags of the command line; they win over everything else.
#[derive(Debug, Args, Serialize)]
pub(crate) struct Flags {
    /// Where the database, files and unsent mail are kept
    #[arg(long, global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    data_dir: Option<PathBuf>,
    /// The address and port to listen on
    #[arg(long, global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    listen: Option<SocketAddr>,
    /// Where people reach Kith, like https://kith.example.org
    #[arg(long, global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    public_url: Option<String>,
}

impl Config {
    pub(crate) fn read(flags: Flags) -> anyhow::Result<Self> {
        let figment = Figment::from(Serialized::defaults(Self::default()))
            .merge(Toml::file("kith.toml"))
            .merge(Env::prefixed("KITH_"))
            .merge(Serialized::defaults(flags));
        // The error names the key and where it was set.
        let config: Self = figment.extract().context("the configuration can't be read")?;
        config.checked()
    }

    fn checked(mut self) -> anyhow::Result<Self> {
        self.public_url = as_origin(&self.public_url);
        let host =
            self.public_url.strip_prefix("https://").or_else(|| self.public_url.strip_prefix("http://"));
        if host.is_none_or(|host| host.is_empty() || host.contains(['/', '?', '#', '@', ' '])) {
            bail!(
                "KITH_PUBLIC_URL must be like https://kith.example.org, without a path, and is {}",
                self.public_url
            );
        }
        if let Some(url) = &self.database_url
            && !(url.starts_with("postgres://") || url.starts_with("postgresql://"))
        {
            bail!("KITH_DATABASE_URL must begin with postgres://; leave it out for SQLite");
        }
        self.check_community()?;
        if self.rate_factor == 0 {
            bail!("KITH_RATE_FACTOR must be 1 or more");
        }
        Ok(self)
    }

    fn check_community(&mut self) -> anyhow::Result<()> {
        for (variable, text, max) in
            [("KITH_NAME", &mut self.name, NAME_CHARS), ("KITH_ABOUT", &mut self.about, ABOUT_CHARS)]
        {
            *text = text.trim().to_owned();
            if text.chars().count() > max || text.chars().any(char::is_control) {
                bail!("{variable} must be one line of at most {max} characters");
            }
        }
        if self.name.is_empty() {
            bail!("KITH_NAME must not be empty; leave it out for {NAME}");
        }
        if self.mail_from == Self::default().mail_from {
            // As a quoted string (RFC 5322, section 3.2.4), whatever stands in the name.
            let name = self.name.replace('\\', "\\\\").replace('"', "\\\"");
            self.mail_from = format!("\"{name}\" <{MAIL_ADDRESS}>");
        }
        if let Some(picture) = &self.picture {
            let file = std::fs::read(picture)
                .with_context(|| format!("KITH_PICTURE: {} can't be read", picture.display()))?;
            if file.len() as u64 > PICTURE_BYTES || kind(&file).is_none() {
                bail!("KITH_PICTURE: {} must be a PNG, JPEG or WebP of at most 1 MB", picture.display());
            }
        }
        Ok(())
    }

    /// What the community says of itself.
    pub(crate) fn community(&self) -> Community {
        Community { name: self.name.clone(), about: self.about.clone(), has_picture: self.picture.is_some() }
    }

    /// Whether people come over TLS.
    pub(crate) fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// Whether passwords and messages go over a network in the open.
    pub(crate) fn is_in_the_open(&self) -> bool {
        let host = self.public_url.trim_start_matches("http://");
        let name = host.rsplit_once(':').filter(|_| !host.ends_with(']')).map_or(host, |(name, _)| name);
        let address = name.trim_matches(['[', ']']).parse::<IpAddr>();
        let stays_here = name == "localhost"
            || name.ends_with(".localhost")
            || address.is_ok_and(|address| address.to_canonical().is_loopback());
        !self.is_secure() && !stays_here
    }

    /// The SQLite file.
    pub(crate) fn sqlite_path(&self) -> PathBuf {
        self.data_dir.join("kith.db")
    }

    /// The folder for files, where no bucket is named.
    pub(crate) fn files(&self) -> PathBuf {
        self.data_dir.join("files")
    }

    /// The folder for files that are still coming in.
    pub(crate) fn temporary(&self) -> PathBuf {
        self.data_dir.join("tmp")
    }

    /// The folder for mail that is not sent.
    pub(crate) fn outbox(&self) -> PathBuf {
        Path::new(&self.data_dir).join("outbox")
    }
}

/// An address as browsers write it in `Origin`, with which it is compared: in small letters, without the port that goes
/// without saying.
fn as_origin(url: &str) -> String {
    let url = url.trim_end_matches('/').to_ascii_lowercase();
    let port = if url.starts_with("https://") { ":443" } else { ":80" };
    url.strip_suffix(port).unwrap_or(&url).to_owned()
}

impl std::fmt::Debug for Config {
    /// Without the addresses that carry passwords.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Config")
            .field("data_dir", &self.data_dir)
            .field("listen", &self.listen)
            .field("public_url", &self.public_url)
            .field("database", &if self.database_url.is_some() { "PostgreSQL" } else { "SQLite" })
            .field("files", &if self.s3_url.is_some() { "S3" } else { "folder" })
            .field("mail", &if self.smtp_url.is_some() { "SMTP" } else { "outbox" })
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::Config;

    fn checked(public_url: &str) -> Option<String> {
        let config = Config { public_url: public_url.to_owned(), ..Config::default() };
        config.checked().ok().map(|config| config.public_url)
    }

    #[test]
    fn the_public_address_is_kept_as_browsers_write_it() {
        for (written, kept) in [
            ("https://Kith.Example.org:443/", "https://kith.example.org"),
            ("http://kith.example.org:80", "http://kith.example.org"),
            ("https://kith.example.org:8443", "https://kith.example.org:8443"),
            ("http://localhost:3000", "http://localhost:3000"),
        ] {
            assert_eq!(checked(written).as_deref(), Some(kept));
        }
    }

    #[test]
    fn a_community_names_itself_and_its_mails() {
        let checked = |name: &str, about: &str, picture: Option<&str>| {
            let (name, about) = (name.to_owned(), about.to_owned());
            Config { name, about, picture: picture.map(Into::into), ..Config::default() }.checked().ok()
        };
        let choir = checked(" The \"Choir\" ", "We sing.", None).expect("a configuration");
        assert_eq!((choir.name.as_str(), choir.about.as_str()), ("The \"Choir\"", "We sing."));
        assert_eq!(choir.mail_from, "\"The \\\"Choir\\\"\" <kith@localhost>");
        for (name, about, picture) in [
            (" ", "", None),
            ("a\nb", "", None),
            (&*"a".repeat(51), "", None),
            ("a", &*"b".repeat(201), None),
            ("a", "", Some("/no/such/file")),
            ("a", "", Some("Cargo.toml")),
        ] {
            assert!(checked(name, about, picture).is_none(), "{name} {about} {picture:?}");
        }
    }

    #[test]
    fn a_plain_address_that_others_can_reach_is_in_the_open() {
        let is_in_the_open = |public_url: &str| {
            Config { public_url: public_url.to_owned(), ..Config::default() }.is_in_the_open()
        };
        for url in [
            "http://kith.example.org",
            "http://192.168.1.5:3000",
            "http://[2001:db8::1]:80",
            "http://localhost.example",
        ] {
            assert!(is_in_the_open(url), "{url}");
        }
        for url in [
            "https://kith.example.org",
            "http://localhost:3000",
            "http://kith.localhost",
            "http://127.0.0.1:3000",
            "http://[::1]:3000",
            "http://[::1]",
        ] {
            assert!(!is_in_the_open(url), "{url}");
        }
    }

    #[test]
    fn what_is_no_public_address_is_refused() {
        for written in
            ["", "kith.example.org", "ftp://x", "https://", "https://x/path", "https://a@b", "https://x?y"]
        {
            assert_eq!(checked(written), None, "{written}");
        }
    }
}
