//! Paths and slugs: how they are cleaned, and how they are found in text.
