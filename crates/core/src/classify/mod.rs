//! Sorting an event: its lane, its tags, and which rules said so.
