//! What following clients ask for.

use std::sync::atomic::Ordering;
use std::time::Instant;

use agent_tracer_core::wire::follow::{
    FollowCommand, FollowError, FollowFrame, Nothing, ResyncReason, Subscribe, Topic,
};

use super::client::{CatchUp, Client, Subscription, SubscriptionState as State};
use super::engine::{ConnectionId, Engine};
use super::frame::text_of;

/// How many topics a connection may follow.
const TOPICS_MAX: usize = 64;

impl Engine {
    /// Carries out what a client says.
    pub(super) fn command(&mut self, id: ConnectionId, text: &str, now: Instant) {
        let Some(connection) = self.connections.get_mut(&id) else {
            return;
        };
        let Client::Following(following) = &mut connection.client else {
            // Plain clients have nothing to say.
            return;
        };
        match serde_json::from_str(text) {
            Ok(FollowCommand::Ping(_)) => {
                let payload = Nothing {};
                connection
                    .owed
                    .extend(text_of(&FollowFrame::Pong { payload }));
            }
            Ok(FollowCommand::Unsubscribe { topic }) => {
                following.subscriptions.retain(|it| {
                    it.topic != topic || {
                        self.topics.leave(&topic);
                        false
                    }
                });
            }
            Ok(FollowCommand::Subscribe(wanted)) => self.subscribe(id, wanted, now),
            Err(error) => {
                self.complain(id, "not_understood", format!("this is no command: {error}"));
            }
        }
    }

    fn complain(&mut self, id: ConnectionId, code: &str, message: String) {
        let code = code.to_owned();
        let payload = FollowError { code, message };
        self.owe(id, &FollowFrame::Error { payload });
    }

    pub(super) fn owe(&mut self, id: ConnectionId, frame: &FollowFrame) {
        if let Some(connection) = self.connections.get_mut(&id) {
            connection.owed.extend(text_of(frame));
        }
    }

    pub(super) fn subscribe(&mut self, id: ConnectionId, wanted: Subscribe, now: Instant) {
        if wanted.after.is_some() && wanted.epoch.is_none() {
            let message = "after counts within an epoch: say which".to_owned();
            return self.complain(id, "no_epoch", message);
        }
        let Some(following) = self.following(id) else {
            return;
        };
        let topic = wanted.topic;
        let known = following.find(&topic).is_some();
        let is_full = following.subscriptions.len() >= TOPICS_MAX;
        if !known && is_full {
            let message = format!("a connection may follow {TOPICS_MAX} topics");
            return self.complain(id, "too_many_topics", message);
        }
        if known {
            self.end(id, &topic);
        }
        let cursor = match (wanted.after, wanted.epoch) {
            (Some(_), epoch) if epoch.as_ref() != Some(&self.epoch) => {
                return self.resync(id, topic, ResyncReason::Epoch, now);
            }
            (after, _) => after,
        };
        let exists = self.topics.get(&topic).is_some_and(|it| it.exists);
        let number = self.topics.enter(&topic, self.published, now);
        let asked_after = cursor.unwrap_or(self.published);
        // Whether there is such a task, or such a commit yet, the store knows.
        let is_known = asked_after <= self.committed.load(Ordering::SeqCst);
        let from_ring = is_known && (exists || !matches!(topic, Topic::Task(_)));
        let state = match cursor {
            None if from_ring => State::Live,
            Some(after) if from_ring && self.covers(&topic, after) => State::Replaying,
            _ => State::CatchingUp(CatchUp {
                after: asked_after,
                rows: 0,
                recovers: cursor.is_some(),
                is_slow: false,
            }),
        };
        let subscription = Subscription {
            topic: topic.clone(),
            number,
            cursor: asked_after,
            state,
        };
        if let Some(following) = self.following(id) {
            following.subscriptions.push(subscription);
        }
        match state {
            State::Live => self.subscribed(id, &topic, asked_after..asked_after, false),
            State::Replaying => self.rewind(id, asked_after),
            State::CatchingUp(_) | State::Over => {}
        }
    }
}
