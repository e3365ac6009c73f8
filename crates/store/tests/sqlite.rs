//! What only the store on `SQLite` has to get right: files, locks, migrations, a full disk, the log.

#[cfg(test)]
mod sqlite {
    mod checkpoint;
    mod damage;
    mod emptying;
    mod epoch;
    mod files;
    mod full_disk;
    mod lock;
    mod migrations;
    mod moment;
    mod place;
}
