//! What to show as a task's title.
