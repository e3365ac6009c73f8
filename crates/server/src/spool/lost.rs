//! Calls that could not be kept: counted, so that the gap is shown.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;

use agent_tracer_core::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Spool, folder};
use crate::clock;
use crate::envelope::Envelope;
use crate::http::session_of;

const LOST: &str = "lost";
/// Beyond this only the number of losses is noted, in three bytes each.
const DETAILED_BYTES_MAX: u64 = 4 << 20;

/// Why a call was lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Reason {
    /// As much waited as may wait.
    #[default]
    Full,
    /// Nothing could be written.
    Unwritable,
    /// Its payload was larger than what is taken.
    TooLarge,
    /// It was written by half.
    Torn,
    /// What may be kept could not be told: the settings are wrong.
    Settings,
}

/// A call that was lost, a line of the file.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Loss {
    #[serde(default)]
    at: Option<Timestamp>,
    #[serde(default)]
    reason: Reason,
    #[serde(flatten)]
    of: LostFrom,
}

/// Where lost calls came from, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct LostFrom {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    /// The agent's own id of its session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
}

/// Lost calls of one session, for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Gap {
    /// A name that is the same whenever the same losses are read.
    pub delivery: String,
    pub of: LostFrom,
    pub reason: Reason,
    pub count: u64,
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
}

impl Spool {
    /// Counts a call as lost.
    ///
    /// # Errors
    /// When that could not be written: then nobody will know of it.
    pub fn lose(
        &self,
        envelope: &Envelope,
        payload: Option<&[u8]>,
        reason: Reason,
    ) -> io::Result<()> {
        let session = payload.and_then(|payload| session_of(envelope, payload));
        let loss = Loss {
            at: envelope.sent_at,
            reason,
            of: LostFrom {
                agent: Some(envelope.agent.clone()),
                session,
            },
        };
        self.note(&loss)
    }

    /// Counts a call that was written by half.
    pub(super) fn lose_torn(&self, micros: u64) -> io::Result<()> {
        let millis = i64::try_from(micros / 1_000).unwrap_or_default();
        self.note(&Loss {
            at: Some(Timestamp::from_millis(millis)),
            reason: Reason::Torn,
            ..Loss::default()
        })
    }

    fn note(&self, loss: &Loss) -> io::Result<()> {
        let path = self.folder.join(LOST);
        let is_detailed = fs::metadata(&path).map_or(0, |file| file.len()) < DETAILED_BYTES_MAX;
        // The line end comes first: what was written by half ends there.
        let mut line = b"\n".to_vec();
        if is_detailed {
            serde_json::to_writer(&mut line, loss)?;
        } else {
            line.extend(b"{}");
        }
        self.append(&line)
    }

    /// Adds to the file; frees what was set aside for that if the disk is full.
    fn append(&self, line: &[u8]) -> io::Result<()> {
        let open = || folder::private(&self.folder.join(LOST));
        let mut file = open().or_else(|error| {
            if error.kind() == io::ErrorKind::NotFound {
                // Nothing waited here before.
                folder::make(&self.folder)?;
                return open();
            }
            if folder::free_reserve(&self.folder) {
                open()
            } else {
                Err(error)
            }
        })?;
        let mut rest = line;
        while !rest.is_empty() {
            match file.write(rest) {
                Ok(count) => rest = rest.get(count..).unwrap_or_default(),
                Err(error) if !folder::free_reserve(&self.folder) => return Err(error),
                Err(_) => {}
            }
        }
        Ok(())
    }

    /// The files of losses that were put aside before this call, when nobody writes to them any
    /// more; puts the one aside that is written to now.
    pub(super) fn put_losses_aside(&self) -> io::Result<Vec<PathBuf>> {
        let mut aside = Vec::new();
        for entry in folder::entries(&self.folder)? {
            let entry = entry?;
            let name = entry.file_name().into_string().unwrap_or_default();
            if name.starts_with("lost-") {
                aside.push(entry.path());
            }
        }
        let lost = self.folder.join(LOST);
        if lost.exists() {
            let name = format!("{LOST}-{}", clock::short_random());
            fs::rename(lost, self.folder.join(name))?;
        }
        Ok(aside)
    }

    /// What was lost, as one of those files tells it.
    pub(super) fn gaps(path: &std::path::Path) -> io::Result<Vec<Gap>> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Ok(gaps(&name, &fs::read(path)?))
    }
}

/// Losses by where they came from. What cannot be read is a loss too.
fn gaps(name: &str, content: &[u8]) -> Vec<Gap> {
    let lines = content.split(|byte| *byte == b'\n');
    let mut gaps: BTreeMap<(LostFrom, Reason), Gap> = BTreeMap::new();
    for line in lines.filter(|line| !line.is_empty()) {
        let loss: Loss = serde_json::from_slice(line).unwrap_or_default();
        let gap = gaps
            .entry((loss.of.clone(), loss.reason))
            .or_insert_with(|| Gap {
                delivery: String::new(),
                of: loss.of,
                reason: loss.reason,
                count: 0,
                from: loss.at,
                to: loss.at,
            });
        gap.count += 1;
        gap.from = gap.from.min(loss.at).or(gap.from).or(loss.at);
        gap.to = gap.to.max(loss.at);
    }
    let numbered = (0..).zip(gaps.into_values());
    let named = numbered.map(|(number, gap): (u32, Gap)| Gap {
        delivery: format!("{name}-{number}"),
        ..gap
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use agent_tracer_core::time::Timestamp;

    use super::{Reason, gaps};

    fn told(content: &str) -> Vec<String> {
        let told = gaps("lost-1", content.as_bytes()).into_iter().map(|gap| {
            let time = |time: Option<Timestamp>| time.map(Timestamp::as_millis);
            let reason = gap.reason;
            format!(
                "{} {:?} {:?} {reason:?} {} {:?} {:?}",
                gap.delivery,
                gap.of.agent,
                gap.of.session,
                gap.count,
                time(gap.from),
                time(gap.to)
            )
        });
        told.collect()
    }

    #[test]
    fn losses_are_counted_by_session_and_reason() {
        let line = |second: u8, session: &str, reason: Reason| {
            let reason = serde_json::to_value(reason).unwrap();
            serde_json::json!({
                "at": format!("1970-01-01T00:00:0{second}.000Z"), "agent": "a",
                "session": session, "reason": reason,
            })
        };
        let lines = [
            line(3, "s", Reason::Full),
            line(1, "s", Reason::Full),
            line(2, "s", Reason::TooLarge),
            line(4, "t", Reason::Full),
        ];
        let lines = lines.map(|line| line.to_string());
        assert_eq!(
            told(&lines.join("\n")),
            [
                "lost-1-0 Some(\"a\") Some(\"s\") Full 2 Some(1000) Some(3000)",
                "lost-1-1 Some(\"a\") Some(\"s\") TooLarge 1 Some(2000) Some(2000)",
                "lost-1-2 Some(\"a\") Some(\"t\") Full 1 Some(4000) Some(4000)",
            ]
        );
    }

    #[test]
    fn what_was_noted_in_short_or_by_half_counts() {
        let told = told("\n{}\n{}\n{\"agent\":\"a\n{}");
        assert_eq!(told, ["lost-1-0 None None Full 4 None None"]);
    }
}
