//! What a run did last, for when it fails.

use std::collections::VecDeque;

const LINES_MAX: usize = 60;

pub(super) struct Log {
    seed: u64,
    lines: VecDeque<String>,
    steps: usize,
}

impl Log {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            seed,
            lines: VecDeque::new(),
            steps: 0,
        }
    }

    pub(super) fn note(&mut self, line: &str) {
        if self.lines.len() == LINES_MAX {
            self.lines.pop_front();
        }
        self.steps += 1;
        self.lines.push_back(format!("{:4} {line}", self.steps));
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        if std::thread::panicking() {
            for line in &self.lines {
                eprintln!("{line}");
            }
            eprintln!("again with AGENT_TRACER_SEED={}", self.seed);
        }
    }
}
