//! What a call of a tool looks like on the timeline, whichever agent's tool it is.
//!
//! Each function draws one sort of call from its input. Which tool of which agent is of which sort
//! is the agent's own module's to say.

pub(super) mod agents;
mod command;
pub(super) mod files;
pub(super) mod looking;
pub(super) mod other;
mod sketch;
mod subtype;
pub(super) mod talk;
pub(super) mod terminal;
pub(super) mod todos;

pub(super) use self::sketch::Sketch;
