//! What markers say of secrets that no format of a vendor names.

pub(super) const AUTHORIZATION: &str = "authorization header";
pub(super) const BEARER: &str = "bearer token";
pub(super) const COOKIE: &str = "cookie";
pub(super) const ENV_VALUE: &str = ".env value";
pub(super) const KEY: &str = "key";
pub(super) const PASSWORD: &str = "password";
pub(super) const PRIVATE_KEY: &str = "private key";
pub(super) const SECRET: &str = "secret";
pub(super) const TOKEN: &str = "token";
pub(super) const URL_PASSWORD: &str = "password in a URL";

/// All of them.
pub(super) const ALL: &[&str] = &[
    AUTHORIZATION,
    BEARER,
    COOKIE,
    ENV_VALUE,
    KEY,
    PASSWORD,
    PRIVATE_KEY,
    SECRET,
    TOKEN,
    URL_PASSWORD,
];
