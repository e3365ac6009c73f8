//! The stores under test, behind one face.

use std::path::PathBuf;

use agent_tracer_core::command::Command;
use agent_tracer_core::ids::CountingIds;
use agent_tracer_core::time::Timestamp;
use agent_tracer_store::{
    Committed, Database, MemoryStore, Outcome, Read, ReaderPool, Refused, Seq, StoreError, Write,
    Writer,
};
use tempfile::TempDir;

/// When the clock of a fresh store stands: in the middle of a minute.
pub(crate) const START: i64 = 1_795_000_000_000;

enum Kind {
    Memory(Box<MemoryStore>),
    Sqlite(Box<Sqlite>),
}

struct Sqlite {
    opened: Option<(Database, Writer, ReaderPool)>,
    reopens: bool,
    /// How many removals are kept at least, and after which commit all are.
    kept: Option<usize>,
    pinned: Option<Seq>,
    path: PathBuf,
    _folder: TempDir,
}

/// A store with its clock and its ids: the same for every kind.
pub(crate) struct Store {
    kind: Kind,
    ids: CountingIds,
    now: i64,
}

impl Store {
    pub(crate) fn memory() -> Self {
        Self::over(Kind::Memory(Box::default()))
    }

    pub(crate) fn sqlite() -> Self {
        Self::over(Kind::Sqlite(Box::new(Sqlite::new(false))))
    }

    /// `SQLite` that is closed and opened again before each look at it.
    pub(crate) fn reopened() -> Self {
        Self::over(Kind::Sqlite(Box::new(Sqlite::new(true))))
    }

    /// One of the three kinds.
    pub(crate) fn of_kind(kind: usize) -> Self {
        [Self::memory, Self::sqlite, Self::reopened][kind]()
    }

    fn over(kind: Kind) -> Self {
        Self {
            kind,
            ids: CountingIds::new("id"),
            now: START,
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.now)
    }

    /// Moves the clock, back too.
    pub(crate) fn wait(&mut self, millis: i64) {
        self.now += millis;
    }

    pub(crate) fn commit(&mut self, group: Vec<Command>) -> Vec<Outcome> {
        let (now, ids) = (self.now(), &mut self.ids);
        let writer: &mut dyn Write = match &mut self.kind {
            Kind::Memory(store) => store.as_mut(),
            Kind::Sqlite(sqlite) => &mut sqlite.opened().1,
        };
        writer.commit(group, &|| now, ids).unwrap()
    }

    /// Removes up to `limit` rows of what the trash was emptied of; says whether there may be more.
    pub(crate) fn sweep(&mut self, limit: usize) -> bool {
        match &mut self.kind {
            Kind::Memory(store) => store.sweep(limit).unwrap(),
            Kind::Sqlite(sqlite) => sqlite.opened().1.sweep(limit).unwrap(),
        }
    }

    /// Commits one command that must be carried out.
    pub(crate) fn done(&mut self, command: Command) -> Committed {
        self.commit(vec![command]).remove(0).unwrap()
    }

    /// Commits one command that must be refused; says why.
    pub(crate) fn refused(&mut self, command: Command) -> String {
        match self.commit(vec![command]).remove(0) {
            Err(Refused::Rejected(rejection)) => rejection.code().to_owned(),
            other => panic!("not rejected: {other:?}"),
        }
    }

    pub(crate) fn read<T>(&mut self, look: impl FnOnce(&dyn Read) -> Result<T, StoreError>) -> T {
        match &mut self.kind {
            Kind::Memory(store) => look(store.as_ref()).unwrap(),
            Kind::Sqlite(sqlite) => {
                if sqlite.reopens {
                    sqlite.opened = None;
                }
                let readers = &sqlite.opened().2;
                readers.with(|reader| look(reader)).unwrap()
            }
        }
    }

    /// Keeps only that many removals from now on.
    pub(crate) fn keep_removals(&mut self, newest: usize) {
        match &mut self.kind {
            Kind::Memory(store) => store.keep_removals(newest),
            Kind::Sqlite(sqlite) => {
                sqlite.kept = Some(newest);
                sqlite.opened().1.keep_removals(newest);
            }
        }
    }

    /// Keeps removals after that commit.
    pub(crate) fn pin(&mut self, seq: Option<Seq>) {
        match &mut self.kind {
            Kind::Memory(store) => store.removal_pin().keep_after(seq),
            Kind::Sqlite(sqlite) => {
                sqlite.pinned = seq;
                sqlite.opened().0.removal_pin().keep_after(seq);
            }
        }
    }

    pub(crate) fn seq(&mut self) -> Seq {
        let now = self.now();
        self.read(|store| store.overview(now)).0
    }
}

impl Sqlite {
    fn new(reopens: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            opened: None,
            reopens,
            kept: None,
            pinned: None,
            path: folder.path().join("db.sqlite"),
            _folder: folder,
        }
    }

    fn opened(&mut self) -> &mut (Database, Writer, ReaderPool) {
        let path = &self.path;
        self.opened.get_or_insert_with(|| {
            let (database, mut writer) = Database::open(path).unwrap();
            if let Some(kept) = self.kept {
                writer.keep_removals(kept);
            }
            database.removal_pin().keep_after(self.pinned);
            let readers = database.readers(2);
            (database, writer, readers)
        })
    }
}
