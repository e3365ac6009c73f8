//! Where the server of a database is: a small file beside it, for the hooks on this machine.
//!
//! The server holds a lock on the file for as long as it runs, and the system frees it however the
//! server ends. So a file that was left behind is known as such, without asking who has the number
//! of its process now; and each server writes a new file, so that looking never gets in its way.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};

use agent_tracer_core::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::clock;
use crate::config::beside;

/// What a running server says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// Where it can be reached from this machine.
    pub address: SocketAddr,
    /// Its process.
    pub pid: u32,
    /// When it began to serve.
    pub started_at: Timestamp,
    /// The file with the token that it asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_file: Option<PathBuf>,
}

impl Record {
    /// The file where the server of a database says where it is.
    pub fn path(database: &Path) -> PathBuf {
        beside(database, ".server")
    }

    /// The record of the server that has the database open now, if one has.
    pub fn of_running(database: &Path) -> Option<Self> {
        let mut file = File::open(Self::path(database)).ok()?;
        match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => {
                let mut text = String::new();
                io::Read::read_to_string(&mut file, &mut text).ok()?;
                serde_json::from_str(&text).ok()
            }
            // Nobody holds it: it was left behind.
            Ok(()) | Err(TryLockError::Error(_)) => None,
        }
    }
}

/// The file that holds the place of a server's settings file, if that is not the usual one.
fn settings_note(database: &Path) -> PathBuf {
    beside(database, ".settings")
}

/// The settings file that the server of a database was last started with, if it is not the usual
/// one. Hooks keep to it while no server runs.
pub fn settings_of(database: &Path) -> Option<PathBuf> {
    let path = fs::read_to_string(settings_note(database)).ok()?;
    (!path.is_empty()).then(|| path.into())
}

/// Remembers the settings file for the hooks; none, if it is the usual one.
///
/// # Errors
/// When it cannot be written: then hooks would keep what they should not.
pub fn note_settings(database: &Path, settings: Option<&Path>) -> io::Result<()> {
    let note = settings_note(database);
    let left = fs::remove_file(&note);
    if let Some(settings) = settings.and_then(Path::to_str) {
        return create(&note)?.write_all(settings.as_bytes());
    }
    match left {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// A record that stands for as long as this is held.
#[derive(Debug)]
pub(crate) struct Announced {
    path: PathBuf,
    _locked: File,
}

impl Announced {
    /// Says where the server of a database is.
    pub(crate) fn at(
        database: &Path,
        address: SocketAddr,
        token_file: Option<PathBuf>,
    ) -> io::Result<Self> {
        let record = Record {
            address: reachable(address),
            pid: std::process::id(),
            started_at: clock::now(),
            token_file,
        };
        let path = Record::path(database);
        let unfinished = beside(&path, ".new");
        drop(fs::remove_file(&unfinished));
        let mut file = create(&unfinished)?;
        file.try_lock()?;
        file.write_all(&serde_json::to_vec_pretty(&record)?)?;
        fs::rename(&unfinished, &path)?;
        Ok(Self {
            path,
            _locked: file,
        })
    }
}

impl Drop for Announced {
    fn drop(&mut self) {
        // One that cannot be removed is known to be left behind.
        drop(fs::remove_file(&self.path));
    }
}

/// Whoever listens on all addresses is reached on loopback.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    address
}

fn create(path: &Path) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::{Announced, Record, note_settings, settings_of};

    #[test]
    fn a_record_stands_while_its_server_runs() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("db.sqlite");
        assert_eq!(Record::of_running(&database), None);
        let address = "0.0.0.0:4000".parse().unwrap();
        let announced = Announced::at(&database, address, Some("/t".into())).unwrap();
        let record = Record::of_running(&database).unwrap();
        assert_eq!(record.address.to_string(), "127.0.0.1:4000");
        assert_eq!(record.pid, std::process::id());
        assert_eq!(record.token_file, Some("/t".into()));
        drop(announced);
        assert!(!Record::path(&database).exists());
    }

    #[test]
    fn the_settings_of_the_last_server_are_known_without_it() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("db.sqlite");
        assert_eq!(settings_of(&database), None);
        note_settings(&database, Some("/etc/tracer.toml".as_ref())).unwrap();
        note_settings(&database, Some("/etc/tracer.toml".as_ref())).unwrap();
        assert_eq!(settings_of(&database), Some("/etc/tracer.toml".into()));
        note_settings(&database, None).unwrap();
        assert_eq!(settings_of(&database), None);
        note_settings(&database, None).unwrap();
    }

    #[test]
    fn a_record_that_was_left_behind_is_none_and_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("db.sqlite");
        let address = "127.0.0.1:4000".parse().unwrap();
        let announced = Announced::at(&database, address, None).unwrap();
        let left = std::fs::read(Record::path(&database)).unwrap();
        drop(announced);
        for content in [left, b"garbage".to_vec(), Vec::new()] {
            std::fs::write(Record::path(&database), content).unwrap();
            assert_eq!(Record::of_running(&database), None);
            drop(Announced::at(&database, address, None).unwrap());
        }
    }
}
