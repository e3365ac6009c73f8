use std::sync::Arc;
use std::time::Duration;

use agent_tracer_store::Seq;
use axum::extract::ws::{CloseFrame, Message as Frame, Utf8Bytes, WebSocket, close_code};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, Interval, interval, timeout};

use super::hub::{Hub, Next};
use super::ring::Segment;
use super::snapshot::Snapshots;

/// How often a connection is asked whether it still lives.
const PING_EVERY: Duration = Duration::from_secs(20);
/// A connection that is silent for this long is dead.
const SILENCE_MAX: Duration = Duration::from_secs(60);
/// A connection that takes this long to accept a batch is dead.
const WRITE_MAX: Duration = Duration::from_secs(30);
/// A connection that fell behind gets a snapshot at most this often.
const SNAPSHOT_EVERY: Duration = Duration::from_secs(2);
/// How long the last words may take.
const FAREWELL_MAX: Duration = Duration::from_secs(1);

type Sink = SplitSink<WebSocket, Frame>;

/// Why a connection ends.
enum End {
    /// The client left, broke the protocol, or died.
    Gone,
    /// The server stops.
    Stopping,
    /// The server cannot read what the client needs.
    Failed,
}

/// Serves one plain client until it leaves: a snapshot, then a frame per change.
pub(crate) async fn follow(
    socket: WebSocket,
    hub: Hub,
    snapshots: Snapshots,
    mut stopping: watch::Receiver<bool>,
) {
    let (mut sink, stream) = socket.split();
    let (heard, hearing) = mpsc::channel(1);
    let listener = tokio::spawn(listen(stream, heard));
    let end = tokio::select! {
        end = speak(&mut sink, &hub, &snapshots, hearing) => end,
        _ = stopping.wait_for(|stopping| *stopping) => End::Stopping,
    };
    let farewell = match end {
        End::Gone => None,
        End::Stopping => Some((close_code::AWAY, "the server stops")),
        End::Failed => Some((close_code::ERROR, "the state could not be read")),
    };
    if let Some((code, reason)) = farewell {
        let close = Frame::Close(Some(CloseFrame {
            code,
            reason: reason.into(),
        }));
        drop(timeout(FAREWELL_MAX, sink.send(close)).await);
    }
    listener.abort();
}

/// Reads what the client sends, only to know that it lives. Plain clients have nothing to say;
/// pings are answered by the library, and so is a goodbye, by the read that comes after it. Ends
/// when the client has left or breaks the protocol.
async fn listen(mut stream: SplitStream<WebSocket>, heard: mpsc::Sender<()>) {
    while let Some(Ok(_)) = stream.next().await {
        // Full means that it is known already, closed that nobody wants to know.
        heard.try_send(()).ok();
    }
}

async fn speak(
    sink: &mut Sink,
    hub: &Hub,
    snapshots: &Snapshots,
    mut hearing: mpsc::Receiver<()>,
) -> End {
    let mut life = Life {
        last_heard: Instant::now(),
        pings: interval(PING_EVERY),
    };
    loop {
        // The position is taken before the snapshot is read: what is committed in between is in
        // both, and `seq` tells it apart.
        let Some(listening) = hub.join().await else {
            return End::Stopping;
        };
        let mut position = listening.position;
        let Some(snapshot) = snapshots.take().await else {
            return End::Failed;
        };
        let sent_at = Instant::now();
        if write(sink, [snapshot.frame]).await.is_err() {
            return End::Gone;
        }
        let end = loop {
            match step(sink, hub, &mut life, &mut hearing, position).await {
                Ok(Some((segments, after))) => {
                    position = after;
                    if write(sink, frames_after(&segments, snapshot.seq))
                        .await
                        .is_err()
                    {
                        return End::Gone;
                    }
                }
                Ok(None) => {}
                Err(Stop::End(end)) => return end,
                Err(Stop::Behind) => break sent_at + SNAPSHOT_EVERY,
            }
        };
        tokio::time::sleep_until(end).await;
    }
}

enum Stop {
    End(End),
    Behind,
}

/// What is known of a connection's life. Pings go out at fixed times, however busy the stream is,
/// so that silence always means that they were not answered.
struct Life {
    last_heard: Instant,
    pings: Interval,
}

/// Waits for the next thing to do: commits to tell, or a sign of life to ask for or take note of.
async fn step(
    sink: &mut Sink,
    hub: &Hub,
    life: &mut Life,
    hearing: &mut mpsc::Receiver<()>,
    position: u64,
) -> Result<Option<(Vec<Arc<Segment>>, u64)>, Stop> {
    let next = hub.next(position);
    tokio::pin!(next);
    loop {
        tokio::select! {
            next = &mut next => return match next {
                Some(Next::Segments(segments, after)) => Ok(Some((segments, after))),
                Some(Next::Behind) => Err(Stop::Behind),
                None => Err(Stop::End(End::Stopping)),
            },
            heard = hearing.recv() => match heard {
                Some(()) => life.last_heard = Instant::now(),
                None => return Err(Stop::End(End::Gone)),
            },
            _ = life.pings.tick() => {
                if life.last_heard.elapsed() > SILENCE_MAX || ping(sink).await.is_err() {
                    return Err(Stop::End(End::Gone));
                }
            }
        }
    }
}

async fn ping(sink: &mut Sink) -> Result<(), ()> {
    match timeout(WRITE_MAX, sink.send(Frame::Ping(bytes::Bytes::new()))).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(()),
    }
}

/// The frames of commits that a snapshot does not hold yet.
fn frames_after(segments: &[Arc<Segment>], seq: Seq) -> impl Iterator<Item = Utf8Bytes> {
    let newer = segments.iter().filter(move |segment| segment.seq > seq);
    newer.flat_map(|segment| segment.frames.iter().cloned())
}

/// Writes frames in one go.
async fn write(sink: &mut Sink, frames: impl IntoIterator<Item = Utf8Bytes>) -> Result<(), ()> {
    let write = async {
        for frame in frames {
            sink.feed(Frame::Text(frame)).await?;
        }
        sink.flush().await
    };
    match timeout(WRITE_MAX, write).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(()),
    }
}
