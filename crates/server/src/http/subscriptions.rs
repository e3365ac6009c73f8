//! What the address of `/ws` asks for.

use agent_tracer_core::wire::follow::Subscribe;

use super::error::ApiError;

/// Reads `v=2&epoch=E&topic=overview&after=12&topic=task:x&after=9`: each `after` belongs to the
/// `topic` before it. `None` for a plain client. Other parameters are ignored.
pub(super) fn wanted(query: &str) -> Result<Option<Vec<Subscribe>>, ApiError> {
    let (mut version, mut epoch) = (None, None);
    let mut wants: Vec<Subscribe> = Vec::new();
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(query).map_err(|error| ApiError::invalid(error.to_string()))?;
    for (name, value) in pairs {
        match name.as_str() {
            "v" => version = Some(value),
            "epoch" => epoch = Some(value),
            "topic" => wants.push(Subscribe {
                topic: value
                    .parse()
                    .map_err(|error| ApiError::invalid(format!("{error}")))?,
                epoch: None,
                after: None,
            }),
            "after" => {
                let after = value.parse().ok();
                let (Some(after), Some(last)) = (after, wants.last_mut()) else {
                    let message = "after must be a number and stand behind its topic";
                    return Err(ApiError::invalid(message));
                };
                last.after = Some(after);
            }
            _ => {}
        }
    }
    match version.as_deref() {
        None | Some("1") => Ok(None),
        Some("2") => {
            for want in &mut wants {
                want.epoch.clone_from(&epoch);
            }
            Ok(Some(wants))
        }
        Some(_) => Err(ApiError::invalid("v must be 1 (plain) or 2 (following)")),
    }
}

#[cfg(test)]
mod tests {
    use super::wanted;

    #[test]
    fn an_after_belongs_to_the_topic_before_it() {
        let wants = wanted("v=2&epoch=E&topic=overview&after=12&topic=task%3Ax%26y").ok();
        let wants = wants.flatten().unwrap();
        let told: Vec<_> = wants
            .iter()
            .map(|it| (it.topic.to_string(), it.epoch.as_deref(), it.after))
            .collect();
        assert_eq!(
            told,
            [
                ("overview".to_owned(), Some("E"), Some(12)),
                ("task:x&y".to_owned(), Some("E"), None)
            ]
        );
    }

    #[test]
    fn without_a_version_the_client_is_plain() {
        assert!(wanted("topic=overview").ok().unwrap().is_none());
        assert!(wanted("").ok().unwrap().is_none());
        assert!(wanted("v=2").ok().unwrap().is_some());
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for query in [
            "v=3",
            "v=2&topic=x",
            "v=2&after=1",
            "v=2&topic=overview&after=x",
        ] {
            assert!(wanted(query).is_err(), "{query}");
        }
    }
}
