//! What is taken out of what agents send, and what stays.

mod caught;
mod fields;
mod ordinary;
mod properties;
mod support;
mod switched;
