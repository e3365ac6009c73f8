//! Cutting text for one line, and picking parts out of it.

/// The longest line that is made here, in characters.
const LINE: usize = 120;

/// What ends a line; agents' text holds raw U+2028.
const BREAKS: [char; 4] = ['\n', '\r', '\u{2028}', '\u{2029}'];

/// The first line of a text that shows anything, without control characters, cut to 120
/// characters. `None` when nothing is left.
pub(in crate::adapter) fn first_line(text: &str) -> Option<String> {
    text.split(BREAKS).map(cut).find(|line| !line.is_empty())
}

fn cut(line: &str) -> String {
    let mut shown = line.trim().chars().filter(|c| !c.is_control());
    let mut short: String = shown.by_ref().take(LINE).collect();
    if shown.next().is_some() {
        short.pop();
        short.push('…');
    }
    short.trim().to_owned()
}

/// A name that goes into titles and keys: one short line of it.
pub(in crate::adapter) fn label(name: &str) -> String {
    first_line(name).unwrap_or_default()
}

/// The last part of a path or the whole of what is none.
pub(in crate::adapter) fn file_name(path: &str) -> &str {
    let trimmed = path.trim_end_matches(['/', '\\']);
    trimmed
        .rsplit(['/', '\\'])
        .next()
        .filter(|name| !name.is_empty())
        .unwrap_or(path)
}

/// The text inside an XML-like element, trimmed, if there is any. It ends at the *last* closing
/// tag: the result of an agent may speak about such tags itself.
pub(in crate::adapter) fn element<'a>(text: &'a str, tag: &str) -> Option<&'a str> {
    let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
    let inside = &text[text.find(&open)? + open.len()..];
    let inside = inside[..inside.rfind(&close)?].trim();
    (!inside.is_empty()).then_some(inside)
}

/// Like [`element`], for the short fields at the head of a text: ends at the *first* closing tag.
pub(in crate::adapter) fn head_element<'a>(text: &'a str, tag: &str) -> Option<&'a str> {
    let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
    let inside = text[text.find(&open)? + open.len()..]
        .split_once(&close)?
        .0
        .trim();
    (!inside.is_empty()).then_some(inside)
}

/// The code in a leading `Exit code N`, as Claude Code writes it before a failed command's output.
pub(in crate::adapter) fn exit_code(text: &str) -> Option<i64> {
    let rest = text.trim_start().strip_prefix("Exit code ")?;
    let end = rest
        .find(|c: char| !c.is_ascii_digit() && c != '-')
        .unwrap_or(rest.len());
    rest[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{LINE, element, exit_code, file_name, first_line};

    #[test]
    fn a_line_is_the_first_that_shows_anything() {
        assert_eq!(
            first_line("\n \u{0}\u{1b}\n  two\u{0}\u{2028}three"),
            Some("two".to_owned())
        );
        assert_eq!(first_line(" \u{0}\n"), None);
    }

    #[test]
    fn a_line_is_cut_between_characters() {
        let cut = first_line(&"é".repeat(LINE + 1)).unwrap();
        assert_eq!((cut.chars().count(), cut.ends_with('…')), (LINE, true));
        assert_eq!(first_line(&"é".repeat(LINE)), Some("é".repeat(LINE)));
    }

    #[test]
    fn a_path_has_a_last_part() {
        assert_eq!(file_name("/a/b.py"), "b.py");
        assert_eq!(file_name("C:\\a\\b.py"), "b.py");
        assert_eq!(file_name("/a/b/"), "b");
        assert_eq!(file_name("/"), "/");
    }

    #[test]
    fn an_element_ends_at_its_last_closing_tag() {
        assert_eq!(element("<r> a</r>b </r>", "r"), Some("a</r>b"));
        assert_eq!(element("</r><r>", "r"), None);
        assert_eq!(element("<r> </r>", "r"), None);
    }

    #[test]
    fn an_exit_code_leads() {
        assert_eq!(exit_code("Exit code 143\nout"), Some(143));
        assert_eq!(exit_code("Exit code -1"), Some(-1));
        assert_eq!(exit_code("Exit code x"), None);
        assert_eq!(exit_code("Exit code 99999999999999999999"), None);
        assert_eq!(exit_code("It said: Exit code 1"), None);
    }
}
