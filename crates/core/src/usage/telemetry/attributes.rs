use std::collections::BTreeMap;

use serde_json::Value;

use crate::time::Timestamp;
use crate::usage::record::believable;

/// The attributes of a record. Agents write numbers and truths as such or as text; both are read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attributes(BTreeMap<String, Value>);

impl FromIterator<(String, Value)> for Attributes {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

impl Attributes {
    /// A text that is not empty.
    pub fn text(&self, name: &str) -> Option<&str> {
        let text = self.0.get(name)?.as_str()?;
        Some(text).filter(|text| !text.is_empty())
    }

    /// The same, as text of its own.
    pub fn owned(&self, name: &str) -> Option<String> {
        self.text(name).map(str::to_owned)
    }

    /// A whole number, or a text that is one.
    pub fn number(&self, name: &str) -> Option<i64> {
        let value = self.0.get(name)?;
        value
            .as_i64()
            .or_else(|| value.as_str()?.trim().parse().ok())
    }

    /// A count; 0 if there is none.
    pub fn count(&self, name: &str) -> i64 {
        believable(self.number(name).unwrap_or(0))
    }

    /// A number or a text, as text.
    pub fn word(&self, name: &str) -> Option<String> {
        let number = || self.number(name).map(|number| number.to_string());
        self.owned(name).or_else(number)
    }

    /// A time that stands as ISO-8601.
    pub fn time(&self, name: &str) -> Option<Timestamp> {
        self.text(name)?.parse().ok()
    }

    /// All but the one of that name, as one text: equal for equal attributes.
    pub fn without(&self, name: &str) -> String {
        let others = self.0.iter().filter(|(known, _)| *known != name);
        others.fold(String::new(), |text, (known, value)| {
            text + known + "=" + &value.to_string() + "\n"
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Attributes;

    #[test]
    fn numbers_may_come_as_text() {
        let pairs = [("a", json!(86)), ("b", json!("86")), ("c", json!("many"))];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value));
        let attributes = Attributes::from_iter(pairs);
        assert_eq!(attributes.number("a"), Some(86));
        assert_eq!(attributes.number("b"), Some(86));
        assert_eq!(attributes.number("c"), None);
        assert_eq!(attributes.count("d"), 0);
        assert_eq!(attributes.word("a").as_deref(), Some("86"));
        assert_eq!(attributes.without("b"), "a=86\nc=\"many\"\n");
    }
}
