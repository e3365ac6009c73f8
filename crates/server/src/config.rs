use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use agent_tracer_core::redact::Policy;
use subtle::ConstantTimeEq as _;

use crate::import::TranscriptFolder;

/// The port of the contract.
const PORT: u16 = 3847;

/// How soon it shows that an agent was killed.
const WATCH_EVERY: Duration = Duration::from_secs(5);

/// What a server needs to know.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen. With a loopback address, `::1` is served too.
    pub host: IpAddr,
    /// The port; 0 takes a free one.
    pub port: u16,
    /// The database file.
    pub database: PathBuf,
    /// What every request must carry, when others than this machine can reach the server.
    pub token: Option<Token>,
    /// The file with that token, for the hooks on this machine.
    pub token_file: Option<PathBuf>,
    /// What is not kept, beside secrets.
    pub redaction: Policy,
    /// How often agents that say nothing are looked after.
    pub watch_every: Duration,
    /// The port for OTLP over gRPC, if it is to be served; 0 takes a free one.
    pub otlp_grpc_port: Option<u16>,
    /// Where there may be transcripts to import.
    pub transcripts: Vec<TranscriptFolder>,
    /// Those of them that are followed as they are written.
    pub followed: Vec<TranscriptFolder>,
}

impl Config {
    /// Loopback, the contract's port, no token.
    pub fn local(database: PathBuf) -> Self {
        Self {
            host: Ipv4Addr::LOCALHOST.into(),
            port: PORT,
            database,
            token: None,
            token_file: None,
            redaction: Policy::default(),
            watch_every: WATCH_EVERY,
            otlp_grpc_port: None,
            transcripts: Vec::new(),
            followed: Vec::new(),
        }
    }
}

/// A secret that is never printed and compared in constant time.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// The shortest token that is accepted, in characters.
    pub const LENGTH_MIN: usize = 16;

    /// Takes the text of a token file; white space around it does not count.
    ///
    /// # Errors
    /// When it is too short to keep anybody out.
    pub fn new(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        if text.chars().count() < Self::LENGTH_MIN {
            return Err("the token must have at least 16 characters");
        }
        Ok(Self(text.to_owned()))
    }

    /// One that nobody can guess.
    pub(crate) fn secret() -> Self {
        Self(crate::clock::secret())
    }

    /// The `Set-Cookie` value that gives this secret to a browser: kept from scripts and from
    /// requests that other pages make.
    pub(crate) fn to_cookie(&self, name: &str) -> String {
        format!("{name}={}; Path=/; HttpOnly; SameSite=Strict", self.0)
    }

    /// Whether `offered` is the token. Takes the same time whatever is wrong with it.
    pub fn matches(&self, offered: &str) -> bool {
        self.0.as_bytes().ct_eq(offered.as_bytes()).into()
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Where the database is unless said: the XDG data folder.
pub fn default_database(variable: impl Fn(&str) -> Option<String>) -> Option<PathBuf> {
    let absolute = |name: &str| {
        variable(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    let data =
        absolute("XDG_DATA_HOME").or_else(|| Some(absolute("HOME")?.join(".local/share")))?;
    Some(data.join("agent-tracer").join("agent-tracer.sqlite"))
}

/// The name of a file or folder that belongs to a database.
pub(crate) fn beside(database: &Path, ending: &str) -> PathBuf {
    let mut name = database.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    database.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::{Token, default_database};

    #[test]
    fn the_database_is_in_the_xdg_data_folder() {
        let with = |data: Option<&str>| {
            let data = data.map(str::to_owned);
            default_database(move |name| match name {
                "XDG_DATA_HOME" => data.clone(),
                _ => Some("/home/dev".to_owned()),
            })
        };
        let path = |path: Option<std::path::PathBuf>| path.unwrap().display().to_string();
        assert_eq!(
            path(with(Some("/data"))),
            "/data/agent-tracer/agent-tracer.sqlite"
        );
        let home = "/home/dev/.local/share/agent-tracer/agent-tracer.sqlite";
        assert_eq!(path(with(None)), home);
        assert_eq!(
            path(with(Some("relative"))),
            home,
            "a relative XDG folder is to be ignored"
        );
        assert_eq!(default_database(|_| None), None);
    }

    #[test]
    fn a_token_is_compared_whole_and_never_printed() {
        let token = Token::new(" 0123456789abcdef\n").unwrap();
        assert!(token.matches("0123456789abcdef"));
        assert!(!token.matches("0123456789abcdeF") && !token.matches("") && !token.matches("0"));
        assert!(!format!("{token:?}").contains("0123"));
        assert!(Token::new("short").is_err());
    }
}
