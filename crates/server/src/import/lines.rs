use std::io::{self, BufRead};

use super::fnv::Fnv;

/// A longer line is not looked at: what agents write of one call is shorter.
const LINE_BYTES_MAX: usize = 16 << 20;
/// What a line may keep of its room for the next one.
const ROOM_KEPT: usize = 1 << 20;

/// The lines of a file, by LF alone: strings in it hold every other break.
#[derive(Debug)]
pub(super) struct Lines<R> {
    source: R,
    line: Vec<u8>,
    /// Where the last whole line ends, and the fingerprint of all up to there.
    pub(super) end: u64,
    pub(super) fingerprint: Fnv,
}

/// What comes next.
pub(super) enum Next<'a> {
    /// A line, without its LF.
    Line(&'a [u8]),
    /// A line that is too long to be looked at.
    TooLong,
    /// Nothing that is whole.
    End,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(source: R) -> Self {
        Self {
            source,
            line: Vec::new(),
            end: 0,
            fingerprint: Fnv::default(),
        }
    }

    /// The next line. One whose LF is not written yet is kept and goes on with what is written
    /// next, unless `finished` accepts it as it is.
    pub(super) fn next(&mut self, finished: impl Fn(&[u8]) -> bool) -> io::Result<Next<'_>> {
        if self.line.ends_with(b"\n") {
            self.line.clear();
            self.line.shrink_to(ROOM_KEPT);
        }
        let is_whole = self.fill()?;
        if !is_whole && !finished(&self.line) {
            return Ok(Next::End);
        }
        if self.line.len() >= LINE_BYTES_MAX {
            return self.skip();
        }
        self.end += self.line.len() as u64;
        self.fingerprint.add(&self.line);
        if !is_whole {
            // What is written next begins a line, be it with the LF of this one.
            self.line.push(b'\n');
        }
        let length = self.line.len() - 1;
        Ok(Next::Line(self.line.get(..length).unwrap_or_default()))
    }

    /// Reads on to the next LF, or to as much as is looked at; says whether it got there.
    fn fill(&mut self) -> io::Result<bool> {
        loop {
            let room = LINE_BYTES_MAX.saturating_sub(self.line.len());
            if room == 0 {
                return Ok(true);
            }
            let ready = self.source.fill_buf()?;
            if ready.is_empty() {
                return Ok(false);
            }
            let ready = ready.get(..room.min(ready.len())).unwrap_or(ready);
            let line = ready.iter().position(|byte| *byte == b'\n');
            let taken = line.map_or(ready.len(), |at| at + 1);
            self.line
                .extend_from_slice(ready.get(..taken).unwrap_or_default());
            self.source.consume(taken);
            if line.is_some() {
                return Ok(true);
            }
        }
    }

    /// Lets go of a line that is too long, up to its LF.
    fn skip(&mut self) -> io::Result<Next<'_>> {
        while !self.line.ends_with(b"\n") {
            self.end += self.line.len() as u64;
            self.fingerprint.add(&self.line);
            self.line.clear();
            if !self.fill()? {
                // Its end is not written yet: the rest of it will be no line that anybody can read.
                break;
            }
        }
        self.end += self.line.len() as u64;
        self.fingerprint.add(&self.line);
        self.line.clear();
        Ok(Next::TooLong)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Read};

    use super::{LINE_BYTES_MAX, Lines, Next};

    /// What is written so far, and goes on being written.
    #[derive(Default)]
    struct Growing(std::collections::VecDeque<u8>);

    impl Read for Growing {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            self.0.read(buffer)
        }
    }

    fn next(lines: &mut Lines<BufReader<Growing>>) -> Option<String> {
        let finished = |line: &[u8]| line.ends_with(b"}");
        match lines.next(finished).unwrap() {
            Next::Line(line) => Some(String::from_utf8(line.to_vec()).unwrap()),
            Next::TooLong => Some("too long".to_owned()),
            Next::End => None,
        }
    }

    fn write(lines: &mut Lines<BufReader<Growing>>, text: &str) {
        lines.source.get_mut().0.extend(text.bytes());
    }

    fn empty() -> Lines<BufReader<Growing>> {
        Lines::new(BufReader::new(Growing::default()))
    }

    #[test]
    fn lines_end_at_lf_alone() {
        let mut lines = empty();
        write(&mut lines, "a\u{2028}b\r\n\nc");
        assert_eq!(next(&mut lines).as_deref(), Some("a\u{2028}b\r"));
        assert_eq!(next(&mut lines).as_deref(), Some(""));
        assert_eq!((next(&mut lines), lines.end), (None, 8));
    }

    #[test]
    fn a_line_may_come_in_pieces() {
        let mut lines = empty();
        write(&mut lines, "{\"a\":");
        assert_eq!((next(&mut lines), lines.end), (None, 0));
        write(&mut lines, "1");
        assert_eq!(next(&mut lines), None);
        write(&mut lines, "}");
        assert_eq!(
            next(&mut lines).as_deref(),
            Some("{\"a\":1}"),
            "whole without its LF"
        );
        write(&mut lines, "\n{}\n");
        assert_eq!(next(&mut lines).as_deref(), Some(""));
        assert_eq!(next(&mut lines).as_deref(), Some("{}"));
        let mut whole = empty();
        write(&mut whole, "{\"a\":1}\n{}\n");
        while next(&mut whole).is_some() {}
        assert_eq!(
            (whole.end, whole.fingerprint),
            (lines.end, lines.fingerprint)
        );
    }

    #[test]
    fn a_line_that_is_too_long_is_skipped() {
        let mut lines = empty();
        write(&mut lines, "a\n");
        write(&mut lines, &"x".repeat(2 * LINE_BYTES_MAX + 5));
        write(&mut lines, "\nb\n");
        let told: Vec<_> = std::iter::from_fn(|| next(&mut lines)).collect();
        assert_eq!(told, ["a", "too long", "b"]);
        assert_eq!(lines.end, 2 * LINE_BYTES_MAX as u64 + 5 + 2 + 1 + 2);
        assert!(lines.line.capacity() <= LINE_BYTES_MAX * 2);
    }
}
