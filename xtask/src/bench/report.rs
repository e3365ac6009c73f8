//! Figures from repeated takes, and the tables that show them.

/// The middle of the values, or the mean of the two middle ones; 0 of none.
pub(super) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => 0.0,
        length if length % 2 == 1 => sorted[middle],
        _ => f64::midpoint(sorted[middle - 1], sorted[middle]),
    }
}

/// A count of bytes or of messages as a figure: far below where that loses anything.
#[expect(clippy::cast_precision_loss, reason = "counts below 2^52")]
pub(super) fn figure(count: u64) -> f64 {
    count as f64
}

/// An aim that the project set itself, beside what was measured.
pub(super) struct Aim {
    pub(super) what: &'static str,
    /// `None` where it could not be measured.
    pub(super) measured: Option<f64>,
    pub(super) bound: Bound,
}

pub(super) enum Bound {
    AtLeast(f64),
    AtMost(f64),
}

impl Aim {
    pub(super) fn line(&self) -> String {
        let bound = match self.bound {
            Bound::AtLeast(least) => format!(">= {least}"),
            Bound::AtMost(most) => format!("<= {most}"),
        };
        let Some(measured) = self.measured else {
            return format!("{:<7} {:<58} {:>10}  (aim {bound})", "-", self.what, "none");
        };
        let met = match self.bound {
            Bound::AtLeast(least) => measured >= least,
            Bound::AtMost(most) => measured <= most,
        };
        let word = if met { "met" } else { "MISSED" };
        format!(
            "{word:<7} {:<58} {measured:>10.2}  (aim {bound})",
            self.what
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle() {
        let check = |values: &[f64], expected: f64| {
            assert!((median(values) - expected).abs() < 1e-9, "{values:?}");
        };
        check(&[], 0.0);
        check(&[7.0], 7.0);
        check(&[9.0, 1.0, 5.0], 5.0);
        check(&[9.0, 1.0, 5.0, 6.0], 5.5);
    }

    #[test]
    fn an_aim_says_whether_it_is_met() {
        let line = |measured: f64, bound| {
            let measured = measured.is_finite().then_some(measured);
            Aim {
                what: "rate",
                measured,
                bound,
            }
            .line()
        };
        assert!(line(0.5, Bound::AtLeast(0.5)).starts_with("met "));
        assert!(line(0.4, Bound::AtLeast(0.5)).starts_with("MISSED"));
        assert!(line(1.3, Bound::AtMost(1.2)).starts_with("MISSED"));
        assert!(line(f64::NAN, Bound::AtMost(1.2)).starts_with("- "));
    }
}
