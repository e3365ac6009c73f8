//! The file that is served: in memory, or `SQLite` with its real epochs.

use std::path::PathBuf;

use agent_tracer_core::command::Command;
use agent_tracer_core::ids::CountingIds;
use agent_tracer_core::time::Timestamp;
use agent_tracer_store::{
    Database, MemoryStore, Outcome, Read, ReaderPool, Seq, StoreError, Write, Writer,
};
use tempfile::TempDir;

/// When the clock of the store stands at the beginning.
const START: i64 = 1_795_000_000_000;

enum Kind {
    Memory(Memory),
    Sqlite(Box<Sqlite>),
}

struct Memory {
    store: Box<MemoryStore>,
    saved: Option<Box<MemoryStore>>,
    histories: usize,
}

struct Sqlite {
    opened: Option<(Database, Writer, ReaderPool)>,
    path: PathBuf,
    saved: bool,
    _folder: TempDir,
}

pub(super) struct Store {
    kind: Kind,
    ids: CountingIds,
    /// Moves with each group only, so that figures of one commit are the same whenever they are
    /// read.
    now: i64,
    removals_kept: usize,
}

impl Store {
    pub(super) fn memory(removals_kept: usize) -> Self {
        let (store, saved) = (Box::default(), None);
        Self::over(
            Kind::Memory(Memory {
                store,
                saved,
                histories: 1,
            }),
            removals_kept,
        )
    }

    pub(super) fn sqlite(removals_kept: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("db.sqlite");
        Self::over(
            Kind::Sqlite(Box::new(Sqlite {
                opened: None,
                path,
                saved: false,
                _folder: folder,
            })),
            removals_kept,
        )
    }

    fn over(kind: Kind, removals_kept: usize) -> Self {
        let ids = CountingIds::new("id");
        Self {
            kind,
            ids,
            now: START,
            removals_kept,
        }
    }

    /// Opens it for a new process, which pins nothing yet. Gives the epoch.
    pub(super) fn open(&mut self) -> String {
        match &mut self.kind {
            Kind::Memory(memory) => {
                memory.store.keep_removals(self.removals_kept);
                memory.store.removal_pin().keep_after(None);
                format!("memory-{}", memory.histories)
            }
            Kind::Sqlite(sqlite) => {
                sqlite.opened = None;
                let (database, mut writer) = Database::open(&sqlite.path).unwrap();
                writer.keep_removals(self.removals_kept);
                let readers = database.readers(1);
                let epoch = database.epoch().to_owned();
                sqlite.opened = Some((database, writer, readers));
                epoch
            }
        }
    }

    /// The process is gone.
    pub(super) fn close(&mut self) {
        if let Kind::Sqlite(sqlite) = &mut self.kind {
            sqlite.opened = None;
        }
    }

    pub(super) fn commit(&mut self, group: Vec<Command>) -> Vec<Outcome> {
        self.now += 7;
        let (now, ids) = (self.now(), &mut self.ids);
        let writer: &mut dyn Write = match &mut self.kind {
            Kind::Memory(memory) => memory.store.as_mut(),
            Kind::Sqlite(sqlite) => &mut sqlite.opened.as_mut().unwrap().1,
        };
        let outcomes = writer.commit(group, &|| now, ids).unwrap();
        let mut committed = outcomes.iter().flatten();
        if committed.all(|committed| committed.seq.is_none()) {
            self.now -= 7;
        }
        outcomes
    }

    pub(super) fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.now)
    }

    pub(super) fn read<T>(&self, look: impl FnOnce(&dyn Read) -> Result<T, StoreError>) -> T {
        match &self.kind {
            Kind::Memory(memory) => look(memory.store.as_ref()).unwrap(),
            Kind::Sqlite(sqlite) => {
                let (.., readers) = sqlite.opened.as_ref().unwrap();
                readers.with(|reader| look(reader)).unwrap()
            }
        }
    }

    pub(super) fn pin(&self, seq: Option<u64>) {
        let pin = match &self.kind {
            Kind::Memory(memory) => memory.store.removal_pin(),
            Kind::Sqlite(sqlite) => sqlite.opened.as_ref().unwrap().0.removal_pin(),
        };
        pin.keep_after(seq.map(Seq));
    }

    /// Makes a copy of the closed file.
    pub(super) fn save(&mut self) {
        match &mut self.kind {
            Kind::Memory(memory) => memory.saved = Some(memory.store.clone()),
            Kind::Sqlite(sqlite) => {
                // The log is moved into the file, so that the file is everything.
                let (database, mut writer) = Database::open(&sqlite.path).unwrap();
                writer.finish().unwrap();
                drop((writer, database));
                std::fs::copy(&sqlite.path, sqlite.path.with_extension("saved")).unwrap();
                sqlite.saved = true;
            }
        }
    }

    /// Puts the copy in the place of the closed file, if there is one.
    pub(super) fn restore(&mut self) -> bool {
        match &mut self.kind {
            Kind::Memory(memory) => {
                let Some(saved) = &memory.saved else {
                    return false;
                };
                memory.store = saved.clone();
                memory.histories += 1;
                true
            }
            Kind::Sqlite(sqlite) => {
                if sqlite.saved {
                    for log in ["db.sqlite-wal", "db.sqlite-shm"] {
                        // It may not be there.
                        drop(std::fs::remove_file(sqlite.path.with_file_name(log)));
                    }
                    std::fs::copy(sqlite.path.with_extension("saved"), &sqlite.path).unwrap();
                }
                sqlite.saved
            }
        }
    }
}
