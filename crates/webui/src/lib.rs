//! The page, embedded. A crate of its own so that an editor does not build the page each time it
//! checks the server.

/// A file of the page.
#[derive(Debug)]
pub struct Asset {
    /// Its path, without a leading `/`.
    pub path: &'static str,
    /// What it is.
    pub content_type: &'static str,
    /// It.
    pub bytes: &'static [u8],
    /// It, compressed with Brotli.
    pub brotli: Option<&'static [u8]>,
    /// It, compressed with gzip.
    pub gzip: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The file at a path, if there is one.
pub fn asset(path: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.path == path)
}

#[cfg(test)]
mod tests {
    use super::asset;

    #[test]
    fn the_page_is_embedded() {
        let page = asset("index.html").unwrap();
        assert!(page.bytes.starts_with(b"<!doctype html>"));
        assert!(asset("no-such-file").is_none());
    }
}
