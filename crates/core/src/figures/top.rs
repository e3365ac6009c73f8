use serde::{Deserialize, Serialize};

/// How many names are kept.
const TOP_LENGTH: usize = 5;

/// The five most frequent names, ties by name, kept while counts only ever grow by touching.
///
/// Exact, because a name outside the five can only overtake one inside at the moment it is
/// counted, and that is when [`Top::touch`] looks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Top(Vec<(String, i64)>);

impl Top {
    /// Takes note that `name` now has been counted `count` times.
    pub fn touch(&mut self, name: &str, count: i64) {
        self.0.retain(|(known, _)| known != name);
        let place = self
            .0
            .iter()
            .position(|(known, known_count)| {
                count > *known_count || (count == *known_count && name < known.as_str())
            })
            .unwrap_or(self.0.len());
        if place < TOP_LENGTH {
            self.0.insert(place, (name.to_owned(), count));
            self.0.truncate(TOP_LENGTH);
        }
    }

    /// The names with their counts, most frequent first.
    pub fn iter(&self) -> impl Iterator<Item = (&str, i64)> {
        self.0.iter().map(|(name, count)| (name.as_str(), *count))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::Top;

    proptest! {
        #[test]
        fn is_the_same_as_counting_everything(names in prop::collection::vec("[a-h]", 0..80)) {
            let (mut top, mut counts) = (Top::default(), BTreeMap::<String, i64>::new());
            for name in &names {
                let count = counts.entry(name.clone()).or_default();
                *count += 1;
                top.touch(name, *count);
            }
            let mut all: Vec<_> = counts.into_iter().collect();
            all.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
            all.truncate(5);
            let kept: Vec<_> = top.iter().map(|(name, count)| (name.to_owned(), count)).collect();
            prop_assert_eq!(kept, all);
        }
    }
}
