//! The program from outside: started, spoken to, and killed.

mod support;

mod durability;
mod hook;
mod signals;
mod starting;
mod sync;
