//! Whether a text can be a secret at all: what is said of one must not be removed for it.

/// What a place-holder has in it, in lower case.
const PLACEHOLDERS: &[&str] = &[
    "your",
    "example",
    "placeholder",
    "changeme",
    "change_me",
    "change-me",
    "redacted",
    "dummy",
    "xxxx",
    "****",
    "....",
    "todo",
    "insert",
    "process.env",
    "os.environ",
    "getenv",
    "undefined",
];

/// How a value was written: tells a password from the name of a variable.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// `NAME=value`: what shells and `.env` files hold.
    Exported,
    /// In quotes: certainly a text.
    Quoted,
    /// Right behind `=`, in a header or behind a flag: a value, or an expression of a program.
    Attached,
    /// `a = b` or `a: b` without quotes: as well a variable or a type.
    Loosely,
}

/// Whether a value of something called a password can be one.
pub(super) fn is_password(value: &str, written: Written) -> bool {
    let seen = Seen::of(value);
    if is_reference(value) || is_placeholder(value) || seen.entropy() < 2.0 {
        return false;
    }
    let strange = seen.digits + seen.symbols;
    match written {
        Written::Exported => value.len() >= 6,
        Written::Quoted if value.contains(' ') => value.len() >= 8 && seen.digits > 0,
        Written::Quoted => value.len() >= 6 && strange > 0,
        Written::Attached => value.len() >= 6 && strange > 0 && !is_code(value),
        Written::Loosely => value.len() >= 8 && seen.letters > 0 && strange > 0 && !is_code(value),
    }
}

/// Whether a value of something called a token, a secret or a key can be one.
pub(super) fn is_token(value: &str, written: Written) -> bool {
    let seen = Seen::of(value);
    let is_mixed = seen.letters > 0 && seen.digits > 0 && !value.contains(' ');
    if !is_mixed || is_reference(value) || is_placeholder(value) || is_words(value) {
        return false;
    }
    match written {
        Written::Exported => value.len() >= 8 && seen.entropy() >= 2.5,
        Written::Quoted | Written::Attached => value.len() >= 12 && seen.entropy() >= 2.8,
        Written::Loosely => {
            value.len() >= 16 && seen.digits > 1 && seen.entropy() >= 3.2 && !is_code(value)
        }
    }
}

/// Whether the rest of a key is as random as keys are, and not `xxxxxxxx` or a word.
pub(super) fn is_mixed(key: &str) -> bool {
    let seen = Seen::of(key);
    let upper = key.bytes().any(|byte| byte.is_ascii_uppercase());
    let lower = key.bytes().any(|byte| byte.is_ascii_lowercase());
    seen.distinct() >= 6 && (seen.digits > 0 || (upper && lower) || (upper && seen.letters >= 16))
}

/// Whether a word can begin behind these bytes: also behind `\n`, `%3D` and `\u003d`, which are
/// written with letters.
pub(super) fn is_boundary(before: &[u8]) -> bool {
    let tail = before
        .get(before.len().saturating_sub(6)..)
        .unwrap_or_default();
    match tail {
        [] | [.., b'\\', b'n' | b'r' | b't'] => true,
        [b'\\', b'u', digits @ ..] if digits.len() == 4 && is_hex(digits) => true,
        [.., b'%', high, low] if is_hex(&[*high, *low]) => true,
        [.., last] => !last.is_ascii_alphanumeric(),
    }
}

/// Whether the whole value of a field that is named like a secret can be one.
pub(super) fn is_whole(value: &str, length_min: usize) -> bool {
    value.len() >= length_min && !is_reference(value) && !is_placeholder(value)
}

fn is_hex(digits: &[u8]) -> bool {
    digits.iter().all(u8::is_ascii_hexdigit)
}

/// `$NAME`, `${…}`, `{{ … }}`, `<token>`, `%s`: says where the value comes from. So does a path.
pub(super) fn is_reference(value: &str) -> bool {
    let begins = [
        "$", "{", "<", "(", "[", "*", "/", "./", "~/", "@", "&", "#{", "%s", "%d", "%v", "%(", "%{",
    ];
    let holds = ["${", "$(", "{{", "://"];
    begins.iter().any(|begin| value.starts_with(begin))
        || holds.iter().any(|part| value.contains(part))
}

fn is_placeholder(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    PLACEHOLDERS.iter().any(|word| lower.contains(word))
}

/// Code rather than a value: `config.s3.secret`, `Option<Vec<u8>>`, `sha256(body)`, `!found`.
fn is_code(value: &str) -> bool {
    let is_name = |part: &str| {
        part.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && part.len() < 20
    };
    value.contains(['(', ')', '<', '>', '[', ']', '{', '}'])
        || value.starts_with('!')
        || value.contains("::")
        || (value.contains('.') && value.split('.').all(is_name))
}

/// Words and small numbers with something between them: `db-credentials-v2`, `tls.secret.2024`.
fn is_words(value: &str) -> bool {
    let is_word = |part: &str| {
        let letters = part.trim_end_matches(|last: char| last.is_ascii_digit());
        let digits = part.len() - letters.len();
        let rest = letters.get(1..).unwrap_or_default();
        let lower = rest.bytes().all(|byte| byte.is_ascii_lowercase());
        let upper = letters.bytes().all(|byte| byte.is_ascii_uppercase());
        let few = if letters.is_empty() { 4 } else { 2 };
        digits <= few && letters.len() <= 14 && (lower || upper)
    };
    value
        .split(|at: char| !at.is_ascii_alphanumeric())
        .all(is_word)
}

/// What a text is made of.
struct Seen {
    counts: [u32; 256],
    letters: usize,
    digits: usize,
    /// What stands in passwords and seldom in names.
    symbols: usize,
    length: usize,
}

impl Seen {
    fn of(text: &str) -> Self {
        let mut seen = Self {
            counts: [0; 256],
            letters: 0,
            digits: 0,
            symbols: 0,
            length: text.len(),
        };
        for byte in text.bytes() {
            seen.counts[usize::from(byte)] += 1;
            seen.letters += usize::from(byte.is_ascii_alphabetic());
            seen.digits += usize::from(byte.is_ascii_digit());
            seen.symbols += usize::from(b"!@#$%^&*+=~?".contains(&byte));
        }
        seen
    }

    fn distinct(&self) -> usize {
        self.counts.iter().filter(|count| **count > 0).count()
    }

    /// Shannon's, in bits for each byte.
    fn entropy(&self) -> f64 {
        let length = f64::from(u32::try_from(self.length).unwrap_or(u32::MAX));
        let counts = self.counts.iter().filter(|count| **count > 0);
        let shares = counts.map(|count| f64::from(*count) / length);
        -shares.map(|share| share * share.log2()).sum::<f64>()
    }
}
