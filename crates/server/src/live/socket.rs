//! One socket of the hub.

use std::io::{self, Read as _};
use std::time::Instant;

use mio::net::TcpStream;
use tokio::sync::watch;

use super::engine::{ConnectionId, Engine};

/// How much is read from a socket at a time.
const READ_BYTES: usize = 4 << 10;

pub(super) struct Socket {
    pub(super) stream: TcpStream,
    /// There may be something to read.
    pub(super) readable: bool,
    /// It takes nothing more until the system says so.
    pub(super) blocked: bool,
    pub(super) _alive: watch::Receiver<()>,
}

impl Socket {
    /// Reads once; says whether there may be more. An error is also the end of the connection.
    pub(super) fn read(
        &mut self,
        engine: &mut Engine,
        id: ConnectionId,
        now: Instant,
    ) -> io::Result<bool> {
        let mut bytes = [0; READ_BYTES];
        match self.stream.read(&mut bytes) {
            Ok(0) => Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(count) => {
                engine.received(id, &bytes[..count], now);
                Ok(true)
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                self.readable = false;
                Ok(false)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(true),
            Err(error) => Err(error),
        }
    }

    /// Reads what comes after a goodbye; says whether that is all.
    pub(super) fn drain(&mut self) -> bool {
        let mut bytes = [0; READ_BYTES];
        loop {
            match self.stream.read(&mut bytes) {
                Ok(0) => return true,
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return false,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return true,
            }
        }
    }
}
