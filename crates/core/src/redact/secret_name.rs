//! Names of things that are secret.

use super::kinds;

/// What a name says of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Secret {
    Password,
    /// Tokens, secrets and keys: what no person thinks of.
    Token(&'static str),
    Authorization,
    Cookie,
}

impl Secret {
    /// What markers say of the value.
    pub(super) fn kind(self) -> &'static str {
        match self {
            Self::Password => kinds::PASSWORD,
            Self::Token(kind) => kind,
            Self::Authorization => kinds::AUTHORIZATION,
            Self::Cookie => kinds::COOKIE,
        }
    }
}

/// Words that say it wherever a name ends with them: `dbPassword`, `PGPASSWORD`, `authtoken`.
const ENDINGS: &[(&str, Secret)] = &[
    ("authorization", Secret::Authorization),
    ("cookie", Secret::Cookie),
    ("password", Secret::Password),
    ("passwd", Secret::Password),
    ("passphrase", Secret::Password),
    ("passcode", Secret::Password),
    ("secret", Secret::Token(kinds::SECRET)),
    ("credential", Secret::Token(kinds::SECRET)),
    ("credentials", Secret::Token(kinds::SECRET)),
    ("token", Secret::Token(kinds::TOKEN)),
    ("apikey", Secret::Token(kinds::KEY)),
    ("accesskey", Secret::Token(kinds::KEY)),
    ("accountkey", Secret::Token(kinds::KEY)),
    ("adminkey", Secret::Token(kinds::KEY)),
    ("authkey", Secret::Token(kinds::KEY)),
    ("clientkey", Secret::Token(kinds::KEY)),
    ("encryptionkey", Secret::Token(kinds::KEY)),
    ("licensekey", Secret::Token(kinds::KEY)),
    ("masterkey", Secret::Token(kinds::KEY)),
    ("privatekey", Secret::Token(kinds::KEY)),
    ("secretkey", Secret::Token(kinds::KEY)),
    ("secretkeybase", Secret::Token(kinds::KEY)),
    ("servicekey", Secret::Token(kinds::KEY)),
    ("signingkey", Secret::Token(kinds::KEY)),
    ("subscriptionkey", Secret::Token(kinds::KEY)),
];

/// Words that say it only as a word of their own: `bypass` and `cwd_pwd` are no passwords.
const WORDS: &[&str] = &["pass", "pwd"];

/// Tokens that are places in a list, or words of a language model.
const OPEN_TOKENS: &[&str] = &[
    "page",
    "next",
    "prev",
    "continuation",
    "sync",
    "cancellation",
    "cancel",
    "start",
    "stop",
    "end",
    "bos",
    "eos",
    "pad",
    "unk",
    "sep",
    "cls",
    "mask",
    "special",
    "max",
    "last",
    "first",
    "current",
];

/// What a name says, if it is one of something secret. `_`, `-`, `.`, case and a number at its end
/// do not matter.
pub(super) fn secret(name: &str) -> Option<Secret> {
    let name = name.trim_end_matches(|last: char| last.is_ascii_digit());
    if is_password_word(name) {
        return Some(Secret::Password);
    }
    let (before, ending, secret) = ENDINGS
        .iter()
        .rev()
        .find_map(|(ending, secret)| Some((before(name, ending)?, *ending, *secret)))?;
    let is_open = ending == "token"
        && OPEN_TOKENS
            .iter()
            .any(|word| self::before(before, word).is_some());
    (!is_open).then_some(secret)
}

/// What stands before `ending`, if the letters and digits of `name` end with it.
fn before<'n>(name: &'n str, ending: &str) -> Option<&'n str> {
    let mut letters = name.bytes().enumerate().rev();
    let mut letters = letters
        .by_ref()
        .filter(|(_, byte)| byte.is_ascii_alphanumeric());
    let mut start = name.len();
    for wanted in ending.bytes().rev() {
        let (at, byte) = letters.next()?;
        if byte.to_ascii_lowercase() != wanted {
            return None;
        }
        start = at;
    }
    name.get(..start)
}

fn is_password_word(name: &str) -> bool {
    // The shell keeps the folder it is in under this name.
    if matches!(name, "PWD" | "OLDPWD") {
        return false;
    }
    WORDS.iter().any(|word| {
        let lower = name.to_ascii_lowercase();
        let Some(before) = lower.strip_suffix(word) else {
            return false;
        };
        let camel = name
            .as_bytes()
            .get(before.len())
            .is_some_and(u8::is_ascii_uppercase)
            && name
                .as_bytes()
                .get(before.len() + 1)
                .is_some_and(u8::is_ascii_lowercase);
        before.is_empty() || before.ends_with(['_', '-', '.']) || camel
    })
}

#[cfg(test)]
mod tests {
    use super::{Secret, secret};

    #[test]
    fn names_say_what_is_secret() {
        for name in [
            "password",
            "DB_PASSWORD",
            "dbPassword",
            "PGPASSWORD",
            "pass",
            "DB_PASS",
            "userPwd",
        ] {
            assert_eq!(secret(name), Some(Secret::Password), "{name}");
        }
        for name in [
            "token",
            "NPM_TOKEN",
            "accessToken",
            "client-secret",
            "X-Api-Key",
            "apiKey2",
        ] {
            assert!(matches!(secret(name), Some(Secret::Token(_))), "{name}");
        }
        assert_eq!(secret("Proxy-Authorization"), Some(Secret::Authorization));
        assert_eq!(secret("Set-Cookie"), Some(Secret::Cookie));
    }

    #[test]
    fn other_names_say_nothing() {
        for name in [
            "bypass",
            "compass",
            "PWD",
            "OLDPWD",
            "max_tokens",
            "nextPageToken",
            "eos_token",
            "key",
            "cache_key",
            "public_key",
            "tokenizer",
            "password_file",
            "input_tokens",
            "session_id",
        ] {
            assert_eq!(secret(name), None, "{name}");
        }
    }
}
