//! What tokens cost by the makers' public lists. Always an estimate: contracts, subscriptions and
//! discounts are not known here.

use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use super::record::Tokens;
use crate::time::Timestamp;

/// What these tokens of that model cost then, in millionths of a US dollar. `None` when the model's
/// price then is not known: an unknown price is no price, never 0.
pub fn list_cost(model: &str, at: Timestamp, tokens: Tokens) -> Option<i64> {
    Some(entry(model, at)?.rates_for(tokens).cost(tokens))
}

/// How many tokens could be sent to that model in one request then, where that is known.
pub(super) fn context_window(model: &str, at: Timestamp) -> Option<i64> {
    if model.trim().to_ascii_lowercase().ends_with("[1m]") {
        return Some(1_000_000);
    }
    Some(entry(model, at)?.window)
}

fn entry(model: &str, at: Timestamp) -> Option<&'static Entry> {
    let name = plain_name(model);
    let held = ENTRIES
        .iter()
        .filter(|entry| entry.begins_at <= at && entry.models.contains(&name));
    held.max_by_key(|entry| entry.begins_at)
}

/// The list as it is embedded.
static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let list: Option<List> = serde_json::from_str(include_str!("prices.json")).ok();
    list.map(|list| list.prices).unwrap_or_default()
});

#[derive(Deserialize)]
struct List {
    prices: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    models: Vec<String>,
    #[serde(rename = "from", deserialize_with = "begin_of_day")]
    begins_at: Timestamp,
    #[serde(flatten)]
    rates: Rates,
    long: Option<LongContext>,
    window: i64,
}

/// What holds for requests that send more than `over` tokens.
#[derive(Deserialize)]
struct LongContext {
    over: i64,
    #[serde(flatten)]
    rates: Rates,
}

/// US dollars per million tokens.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Rates {
    input: f64,
    output: f64,
    cache_read: f64,
    cache_write: Option<f64>,
    cache_write_1h: Option<f64>,
}

impl Entry {
    fn rates_for(&self, tokens: Tokens) -> Rates {
        let long = self.long.as_ref();
        let long = long.filter(|long| tokens.sent() > long.over);
        long.map_or(self.rates, |long| long.rates)
    }
}

impl Rates {
    fn cost(self, tokens: Tokens) -> i64 {
        let write = self.cache_write.unwrap_or(self.input);
        let write_1h = self.cache_write_1h.unwrap_or(write);
        let short = tokens.cache_creation - tokens.cache_creation_1h;
        let parts = [
            (tokens.input, self.input),
            (tokens.cache_read, self.cache_read),
            (short, write),
            (tokens.cache_creation_1h, write_1h),
            (tokens.output, self.output),
        ];
        let nanos: i128 = parts
            .iter()
            .map(|(count, rate)| i128::from(*count) * i128::from(nanos_per_token(*rate)))
            .sum();
        i64::try_from((nanos + 500) / 1_000).unwrap_or(i64::MAX)
    }
}

/// A dollar per million tokens is a thousand billionths of a dollar per token.
#[expect(
    clippy::cast_possible_truncation,
    reason = "prices are far below the bounds"
)]
fn nanos_per_token(dollars_per_million: f64) -> i64 {
    (dollars_per_million * 1_000.0).round() as i64
}

fn begin_of_day<'de, D: serde::Deserializer<'de>>(day: D) -> Result<Timestamp, D::Error> {
    let day = String::deserialize(day)?;
    let begin = format!("{day}T00:00:00Z").parse();
    begin.map_err(serde::de::Error::custom)
}

/// A model's name without what clouds, dates and options put around it.
fn plain_name(model: &str) -> String {
    static AROUND: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(concat!(
            r"^(?:.*/)?(?:(?:[a-z]+\.)?anthropic\.)?",
            r"(?<name>.+?)",
            r"(?:[-@]\d{8}|-\d{4}-\d{2}-\d{2}|-latest)?(?:-v\d+(?::\d+)?)?(?:\[1m\])?$",
        ))
        .ok()
    });
    let model = model.trim().to_ascii_lowercase();
    let found = AROUND.as_ref().and_then(|around| around.captures(&model));
    let name = found.as_ref().and_then(|found| found.name("name"));
    name.map_or(model.clone(), |name| name.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(model: &str, day: &str, tokens: Tokens) -> Option<i64> {
        list_cost(model, format!("{day}T12:00:00Z").parse().unwrap(), tokens)
    }

    const SOME: Tokens = Tokens {
        input: 1421,
        cache_read: 15_000,
        cache_creation: 420,
        output: 60,
        cache_creation_1h: 0,
        reasoning: 0,
    };

    #[test]
    fn the_list_can_be_read() {
        assert!(ENTRIES.len() > 20);
        for entry in ENTRIES.iter() {
            assert!(entry.models.iter().all(|model| plain_name(model) == *model));
        }
    }

    #[test]
    fn each_sort_of_token_has_its_price() {
        let cost = |tokens| cost("claude-sonnet-4-5", "2026-01-01", tokens).unwrap();
        assert_eq!(
            cost(SOME),
            1421 * 3 + 15_000 * 3 / 10 + 420 * 375 / 100 + 60 * 15
        );
        let long_kept = Tokens {
            cache_creation_1h: 420,
            ..SOME
        };
        assert_eq!(cost(long_kept) - cost(SOME), 420 * 6 - 420 * 375 / 100);
        let long = Tokens {
            input: 200_001,
            ..Tokens::default()
        };
        assert_eq!(cost(long), 200_001 * 6);
    }

    #[test]
    fn a_known_model_has_its_window() {
        let at = "2026-01-01T12:00:00Z".parse().unwrap();
        let window = |model| context_window(model, at);
        assert_eq!(window("claude-sonnet-4-5-20250929"), Some(200_000));
        assert_eq!(window("claude-sonnet-4-5[1m]"), Some(1_000_000));
        assert_eq!(window("gpt-5.2"), Some(272_000), "of 400,000 both ways");
        assert_eq!(window("gpt-5.5"), None);
    }

    #[test]
    fn what_stands_around_a_name_does_not_matter() {
        for name in [
            "claude-sonnet-4-5-20250929",
            "Claude-Sonnet-4-5",
            "claude-sonnet-4-5[1m]",
            "anthropic/claude-sonnet-4-5",
            "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
            "claude-sonnet-4-5@20250929",
            "models/claude-sonnet-4-5-latest",
        ] {
            assert_eq!(plain_name(name), "claude-sonnet-4-5", "{name}");
        }
        assert_eq!(plain_name("gpt-5-2025-08-07"), "gpt-5");
        assert_eq!(plain_name("gpt-5-mini"), "gpt-5-mini");
    }

    #[test]
    fn what_is_not_on_the_list_has_no_price() {
        assert_eq!(cost("gpt-5.5", "2026-01-01", SOME), None);
        assert_eq!(cost("claude-sonnet-4-5x", "2026-01-01", SOME), None);
        assert_eq!(cost("", "2026-01-01", SOME), None);
        assert_eq!(cost("gpt-5", "2025-08-06", SOME), None, "before it began");
        assert!(cost("gpt-5", "2025-08-07", SOME).is_some());
    }
}
