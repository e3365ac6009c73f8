use serde::{Deserialize, Serialize};

/// What was used of models: tokens, and what they cost.
///
/// Each token is counted in exactly one of the first four counts. Money is in millionths of a US
/// dollar; an amount is absent when nothing of it is known, and never stands for "free".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Usage {
    /// Answers of a model. 0 where only sums were told.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub requests: i64,
    /// Tokens sent that no cache held.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub input_tokens: i64,
    /// Tokens sent that were read from a cache.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub cache_read_tokens: i64,
    /// Tokens sent that were written to a cache.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub cache_creation_tokens: i64,
    /// Tokens that came back, those of reasoning among them.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub output_tokens: i64,
    /// Those of the output that were reasoning, as far as it was said.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub reasoning_tokens: i64,
    /// What it cost: what the agent reported, and our estimate where it reported nothing.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[cfg_attr(feature = "typegen", ts(optional, as = "Option<f64>"))]
    pub cost_micros: i64,
    /// The part of the cost that agents reported; the rest is estimated.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[cfg_attr(feature = "typegen", ts(optional, as = "Option<f64>"))]
    pub reported_cost_micros: i64,
    /// All of it at list price, as far as the prices are known.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[cfg_attr(feature = "typegen", ts(optional, as = "Option<f64>"))]
    pub list_cost_micros: i64,
    /// Tokens that are in no cost: nobody reported one, and their model has no known price.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[cfg_attr(feature = "typegen", ts(optional, as = "Option<f64>"))]
    pub unpriced_tokens: i64,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde gives a reference to the field"
)]
fn is_zero(number: &i64) -> bool {
    *number == 0
}

impl Usage {
    /// Every count as a list, in the order of the fields.
    pub fn to_array(self) -> [i64; 10] {
        [
            self.requests,
            self.input_tokens,
            self.cache_read_tokens,
            self.cache_creation_tokens,
            self.output_tokens,
            self.reasoning_tokens,
            self.cost_micros,
            self.reported_cost_micros,
            self.list_cost_micros,
            self.unpriced_tokens,
        ]
    }

    /// The reverse of [`Usage::to_array`].
    pub fn from_array(counts: [i64; 10]) -> Self {
        let [
            requests,
            input_tokens,
            cache_read_tokens,
            cache_creation_tokens,
            output_tokens,
            reasoning_tokens,
            cost_micros,
            reported_cost_micros,
            list_cost_micros,
            unpriced_tokens,
        ] = counts;
        Self {
            requests,
            input_tokens,
            cache_read_tokens,
            cache_creation_tokens,
            output_tokens,
            reasoning_tokens,
            cost_micros,
            reported_cost_micros,
            list_cost_micros,
            unpriced_tokens,
        }
    }

    /// Adds `other`, `times` times (`-1` takes it away).
    pub fn add(&mut self, other: Self, times: i64) {
        let (mut sums, others) = (self.to_array(), other.to_array());
        for (sum, count) in sums.iter_mut().zip(others) {
            *sum = sum.saturating_add(count.saturating_mul(times));
        }
        *self = Self::from_array(sums);
    }

    /// Whether nothing was used.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}
