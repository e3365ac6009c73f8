use std::future::Future;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use agent_tracer_core::redact::Redactor;
use agent_tracer_store::{Checkpointer, Database, Read as _, StoreError, Writer};
use axum::serve::ListenerExt as _;
use socket2::SockRef;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

use crate::commit::Committer;
use crate::config::{Config, Token};
use crate::http;
use crate::import::{Importer, follow};
use crate::live::{Hub, Source};
use crate::record::Announced;
use crate::spool::{Drained, Spool};
use crate::state::{Access, App};

/// How many reads run at a time.
const READERS: usize = 4;
/// How often the write-ahead log is looked at.
const CHECKPOINT_EVERY: Duration = Duration::from_millis(500);
/// What the system may hold for a connection that does not read.
const SEND_BUFFER_BYTES: usize = 256 << 10;
/// How long open requests may take once the server stops.
const DRAIN_MAX: Duration = Duration::from_secs(5);

/// How long sockets may take to close once everything is stored.
const GOODBYE_MAX: Duration = Duration::from_secs(2);

/// Why a server could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The port is taken.
    #[error(
        "port {0} is taken (is another agent-tracer running?): stop what uses it, or choose \
         another with --port (of OTLP over gRPC: with --otlp-grpc)"
    )]
    PortTaken(u16),
    /// The address cannot be listened on.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, #[source] io::Error),
    /// The system gives no way to wait for sockets.
    #[error("cannot wait for sockets: {0}")]
    Hub(#[source] io::Error),
    /// Others could reach the server, and nothing would keep them out.
    #[error(
        "--host {0} can be reached from other machines: give a token with --token-file, or leave \
         --host out"
    )]
    TokenRequired(IpAddr),
}

/// A server that listens, and serves once [`Server::run`] is called.
pub struct Server {
    app: App,
    listeners: Vec<TcpListener>,
    grpc_listeners: Vec<TcpListener>,
    address: SocketAddr,
    database: Database,
    committing: JoinHandle<()>,
    telling: JoinHandle<()>,
    stop: watch::Sender<bool>,
    announced: Option<Announced>,
}

impl Server {
    /// Takes the port, opens the database and starts the workers.
    ///
    /// # Errors
    /// [`StartError`]; nothing is changed then.
    pub async fn bind(config: Config) -> Result<Self, StartError> {
        Self::bind_with(config, Database::open).await
    }

    /// The same with a way of one's own to open the database: a test can set limits on it.
    ///
    /// # Errors
    /// As [`Server::bind`].
    pub async fn bind_with(
        config: Config,
        open: impl FnOnce(&Path) -> Result<(Database, Writer), StoreError>,
    ) -> Result<Self, StartError> {
        if !config.host.is_loopback() && config.token.is_none() {
            return Err(StartError::TokenRequired(config.host));
        }
        let listeners = listen(config.host, config.port).await?;
        let address = address_of(&listeners);
        let address = address.unwrap_or_else(|| SocketAddr::new(config.host, config.port));
        let grpc_listeners = match config.otlp_grpc_port {
            Some(port) => listen(config.host, port).await?,
            None => Vec::new(),
        };
        let (database, writer) = open(&config.database)?;
        let readers = Arc::new(database.readers(READERS));
        let (stop, stopping) = watch::channel(false);
        let source = Source {
            readers: Arc::clone(&readers),
            epoch: database.epoch().to_owned(),
            seq: writer.seq().0,
            pin: database.removal_pin(),
        };
        let (hub, telling) = Hub::start(source).map_err(StartError::Hub)?;
        let (committer, committing) = Committer::start(writer, hub.clone());
        start_checkpoints(database.checkpointer()?, stopping.clone());
        let caught_up = Arc::default();
        let redactor = Arc::new(Redactor::new(config.redaction));
        let drained = Drained {
            redactor: Arc::clone(&redactor),
            spool: Spool::of(&config.database),
            committer: committer.clone(),
            caught_up: Arc::clone(&caught_up),
        };
        tokio::spawn(drained.run(stopping));
        let reading = Arc::new(Semaphore::new(readers.size()));
        let access = Arc::new(Access {
            token: config.token,
            cookie: Token::secret(),
        });
        let app = App {
            committer,
            epoch: database.epoch().into(),
            readers,
            reading,
            hub,
            redactor,
            otlp: Arc::default(),
            access,
            caught_up,
            importer: Importer::new(config.transcripts),
            projects: Arc::default(),
            connections: Arc::new(watch::Sender::new(())),
        };
        crate::watch::start(app.clone(), config.watch_every, stop.subscribe());
        crate::trash::start(app.clone(), stop.subscribe());
        follow(app.clone(), config.followed, stop.subscribe());
        let announced = Announced::at(&config.database, address, config.token_file)
            .inspect_err(|error| {
                tracing::warn!(%error, "hooks cannot be told where the server is: they look for it on its usual port");
            });
        Ok(Self {
            app,
            listeners,
            grpc_listeners,
            address,
            database,
            committing,
            telling,
            stop,
            announced: announced.ok(),
        })
    }

    /// How many sessions that agents wrote down could be brought in, while nothing is recorded; 0
    /// once anything is.
    pub async fn history_to_import(&self) -> i64 {
        let now = crate::clock::now();
        let overview = self.app.read(move |reader| reader.overview(now)).await;
        if overview.is_ok_and(|(_, stats, _)| stats.total_tasks > 0) {
            return 0;
        }
        let status = self.app.importer.status(&self.app).await;
        let found = status.map(|status| status.found).unwrap_or_default();
        found.iter().map(|found| found.unread).sum()
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where it takes OTLP over gRPC, if it does.
    pub fn otlp_grpc_address(&self) -> Option<SocketAddr> {
        address_of(&self.grpc_listeners)
    }

    /// The database it uses.
    pub fn database(&self) -> &Path {
        self.database.path()
    }

    /// Serves until `shutdown` is done; then takes no more, answers what it took, closes every
    /// socket with "going away", and returns when all of it is stored.
    pub async fn run(self, shutdown: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        let Self {
            app,
            listeners,
            grpc_listeners,
            database,
            committing,
            telling,
            stop,
            announced,
            ..
        } = self;
        let (committer, hub) = (app.committer.clone(), app.hub.clone());
        let connections = Arc::clone(&app.connections);
        let grpc_router = http::grpc_router(app.clone());
        let router = http::router(app);
        let stop = Arc::new(stop);
        tokio::spawn({
            let stop = Arc::clone(&stop);
            async move {
                shutdown.await;
                stop.send_replace(true);
            }
        });
        let mut serving = tokio::task::JoinSet::new();
        let doors = listeners.into_iter().map(|listener| (listener, &router));
        let grpc_doors = grpc_listeners.into_iter();
        let grpc_doors = grpc_doors.map(|listener| (listener, &grpc_router));
        for (listener, router) in doors.chain(grpc_doors) {
            let (router, mut stopping) = (router.clone(), stop.subscribe());
            serving.spawn(async move {
                axum::serve(listener.tap_io(tune), router)
                    .with_graceful_shutdown(async move {
                        drop(stopping.wait_for(|stopping| *stopping).await);
                    })
                    .await
            });
        }
        drop((router, grpc_router));
        let mut stopping = stop.subscribe();
        let result = tokio::select! {
            // A listener that ends by itself has failed, unless the server stops.
            Some(ended) = serving.join_next() => ended.unwrap_or(Ok(())),
            _ = stopping.wait_for(|stopping| *stopping) => Ok(()),
        };
        stop.send_replace(true);
        drop(announced);
        // At once: a page that knows comes back, and then sees what is stored until the end.
        hub.stop().await;
        let drain = async { while serving.join_next().await.is_some() {} };
        if tokio::time::timeout(DRAIN_MAX, drain).await.is_err() {
            tracing::warn!("some requests did not end in time and were broken off");
            serving.shutdown().await;
        }
        committer.stop().await;
        drop(tokio::task::spawn_blocking(move || committing.join()).await);
        if tokio::time::timeout(GOODBYE_MAX, connections.closed())
            .await
            .is_err()
        {
            tracing::warn!("some sockets did not take their goodbye in time");
        } else {
            drop(tokio::task::spawn_blocking(move || telling.join()).await);
        }
        drop(database);
        result
    }
}

/// Small writes must not wait, and a client that does not read must not cost megabytes.
fn tune(stream: &mut tokio::net::TcpStream) {
    let tuned = stream
        .set_nodelay(true)
        .and_then(|()| SockRef::from(&*stream).set_send_buffer_size(SEND_BUFFER_BYTES));
    if let Err(error) = tuned {
        tracing::debug!(%error, "a connection could not be tuned");
    }
}

fn address_of(listeners: &[TcpListener]) -> Option<SocketAddr> {
    listeners.first()?.local_addr().ok()
}

/// Listens on the host; on loopback, on both of its addresses.
async fn listen(host: IpAddr, port: u16) -> Result<Vec<TcpListener>, StartError> {
    let first = bind(SocketAddr::new(host, port)).await?;
    let port = first.local_addr().map_or(port, |address| address.port());
    let mut listeners = vec![first];
    if host == IpAddr::from(Ipv4Addr::LOCALHOST) {
        // A machine without IPv6 is served on the one address it has.
        listeners.extend(
            bind(SocketAddr::new(Ipv6Addr::LOCALHOST.into(), port))
                .await
                .ok(),
        );
    }
    Ok(listeners)
}

async fn bind(address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address)
        .await
        .map_err(|error| match error.kind() {
            io::ErrorKind::AddrInUse => StartError::PortTaken(address.port()),
            _ => StartError::Listen(address, error),
        })
}

fn start_checkpoints(checkpointer: Checkpointer, mut stopping: watch::Receiver<bool>) {
    tokio::spawn(async move {
        let mut checkpointer = checkpointer;
        while !*stopping.borrow() {
            let ran = tokio::task::spawn_blocking(move || {
                let result = checkpointer.run();
                (checkpointer, result)
            });
            let Ok((back, result)) = ran.await else {
                return;
            };
            checkpointer = back;
            if let Err(error) = result {
                tracing::warn!(%error, "the write-ahead log could not be moved");
            }
            let stopped = stopping.wait_for(|stopping| *stopping);
            drop(tokio::time::timeout(CHECKPOINT_EVERY, stopped).await);
        }
    });
}
