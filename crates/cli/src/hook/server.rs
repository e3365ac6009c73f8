use std::net::SocketAddr;
use std::path::Path;
use std::time::Instant;

use agent_tracer_server::Record;

use crate::client::{Local, loopback, token, token_in};

const PORT: u16 = 3847;

/// The server that a hook delivers to.
pub(crate) struct Server {
    pub local: Local,
    /// Whether it is known to take by itself what waits in the spool.
    pub drains: bool,
}

/// Finds the server: by the port that was given, by `MONITOR_BASE_URL` (if it is on this machine)
/// or `MONITOR_PORT`, by what the running server of the database says, or at the usual port.
pub(crate) fn find(
    port: Option<u16>,
    database: Option<&Path>,
    deadline: Instant,
    variable: impl Fn(&str) -> Option<String>,
) -> Server {
    let record = database.and_then(Record::of_running);
    let asked = port.or_else(|| port_of(&variable)).map(loopback);
    let address = address(asked, record.as_ref());
    let record = record.filter(|record| record.address.port() == address.port());
    let token_file = record
        .as_ref()
        .and_then(|record| record.token_file.as_deref());
    Server {
        drains: record.is_some(),
        local: Local {
            token: token(variable).or_else(|| token_in(token_file?)),
            address,
            deadline,
        },
    }
}

fn address(asked: Option<SocketAddr>, record: Option<&Record>) -> SocketAddr {
    let recorded = || record.map(|record| record.address);
    asked.or_else(recorded).unwrap_or_else(|| loopback(PORT))
}

/// The port that the variables of the contract name.
fn port_of(variable: &impl Fn(&str) -> Option<String>) -> Option<u16> {
    let of_url = variable("MONITOR_BASE_URL").and_then(|url| local_port(&url));
    let of_port = || variable("MONITOR_PORT")?.trim().parse().ok();
    of_url.or_else(of_port)
}

/// The port of an address on this machine: nothing leaves it.
fn local_port(url: &str) -> Option<u16> {
    let authority = url.strip_prefix("http://")?.split('/').next()?;
    let (host, port) = authority.rsplit_once(':')?;
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
        .then(|| port.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::port_of;

    #[test]
    fn the_server_is_found_by_the_variables_of_the_contract() {
        let with = |url: Option<&'static str>, number: Option<&'static str>| {
            port_of(&|name: &str| match name {
                "MONITOR_BASE_URL" => url.map(str::to_owned),
                _ => number.map(str::to_owned),
            })
        };
        assert_eq!(with(None, None), None);
        assert_eq!(with(None, Some("4000")), Some(4000));
        assert_eq!(with(None, Some("nonsense")), None);
        assert_eq!(
            with(Some("http://localhost:5000/"), Some("4000")),
            Some(5000)
        );
        let elsewhere = with(Some("http://elsewhere:5000"), Some("4000"));
        assert_eq!(elsewhere, Some(4000), "nothing leaves");
    }
}
