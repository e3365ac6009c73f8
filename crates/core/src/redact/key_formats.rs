//! What the keys of vendors look like: a beginning that nothing else has, and what follows.

/// One format: `prefix`, then `length` characters of `class`, then no letter or digit.
pub(super) struct Format {
    pub prefix: &'static str,
    pub class: Class,
    pub length: Length,
    /// What a marker says of it.
    pub kind: &'static str,
    /// Whether the prefix stays: it is no part of the secret but says what it is for.
    pub keeps_prefix: bool,
}

/// The characters of a key.
#[derive(Clone, Copy)]
pub(super) enum Class {
    /// Capital letters and 2 to 7.
    Base32,
    /// Lower case.
    Hex,
    Alphanumeric,
    /// With `_`.
    Word,
    /// With `_` and `-`.
    Dashed,
    /// With `_`, `-` and `.`.
    Dotted,
    /// With `+`, `/` and `=`.
    Base64,
    /// With `_`, `-` and `=`.
    Padded,
    /// With `_`, `-` and `/`.
    Path,
}

#[derive(Clone, Copy)]
pub(super) enum Length {
    Exactly(usize),
    AtLeast(usize),
}

impl Class {
    pub(super) fn has(self, byte: u8) -> bool {
        let extra: &[u8] = match self {
            Self::Base32 => return byte.is_ascii_uppercase() || (b'2'..=b'7').contains(&byte),
            Self::Hex => return byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte),
            Self::Alphanumeric => b"",
            Self::Word => b"_",
            Self::Dashed => b"_-",
            Self::Dotted => b"_-.",
            Self::Base64 => b"+/=",
            Self::Padded => b"_-=",
            Self::Path => b"_-/",
        };
        byte.is_ascii_alphanumeric() || extra.contains(&byte)
    }
}

impl Length {
    pub(super) fn fits(self, length: usize) -> bool {
        match self {
            Self::Exactly(wanted) => length == wanted,
            Self::AtLeast(least) => length >= least,
        }
    }
}

const fn key(prefix: &'static str, class: Class, length: Length, kind: &'static str) -> Format {
    Format {
        prefix,
        class,
        length,
        kind,
        keeps_prefix: false,
    }
}

const fn after(prefix: &'static str, class: Class, length: Length, kind: &'static str) -> Format {
    Format {
        prefix,
        class,
        length,
        kind,
        keeps_prefix: true,
    }
}

use Class::{Alphanumeric, Base32, Base64, Dashed, Dotted, Hex, Padded, Path, Word};
use Length::{AtLeast, Exactly};

/// A token of three parts, the first of which is a JSON object. Its dots are looked at too.
pub(super) const JSON_WEB_TOKEN: &str = "JSON web token";

/// Every format. Where one prefix begins with another, the longer one comes first.
pub(super) const FORMATS: &[Format] = &[
    key("eyJ", Dotted, AtLeast(30), JSON_WEB_TOKEN),
    // Clouds and hosts.
    key("AKIA", Base32, Exactly(16), "AWS access key id"),
    key("ASIA", Base32, Exactly(16), "AWS access key id"),
    key("ABIA", Base32, Exactly(16), "AWS access key id"),
    key("ACCA", Base32, Exactly(16), "AWS access key id"),
    key("AIza", Dashed, Exactly(35), "Google API key"),
    key("GOCSPX-", Dashed, AtLeast(20), "Google client secret"),
    key("ya29.", Dashed, AtLeast(20), "Google access token"),
    key("1//0", Dashed, AtLeast(40), "Google refresh token"),
    after("AccountKey=", Base64, AtLeast(40), "Azure storage key"),
    after("SharedAccessKey=", Base64, AtLeast(40), "Azure access key"),
    key("LTAI", Alphanumeric, AtLeast(16), "Alibaba access key id"),
    key("fm1_", Base64, AtLeast(40), "Fly.io token"),
    key("fm2_", Base64, AtLeast(40), "Fly.io token"),
    // Behind the number of the bot.
    after(":AA", Dashed, Exactly(33), "Telegram bot token"),
    key("dop_v1_", Hex, Exactly(64), "DigitalOcean token"),
    key("doo_v1_", Hex, Exactly(64), "DigitalOcean token"),
    key("dor_v1_", Hex, Exactly(64), "DigitalOcean token"),
    key("dapi", Hex, Exactly(32), "Databricks token"),
    key("HRKU-", Dashed, AtLeast(30), "Heroku key"),
    key("FlyV1 fm", Base64, AtLeast(40), "Fly.io token"),
    key("nfp_", Alphanumeric, AtLeast(36), "Netlify token"),
    key("pul-", Hex, Exactly(40), "Pulumi token"),
    key("tskey-", Dashed, AtLeast(20), "Tailscale key"),
    key("hvs.", Dashed, AtLeast(24), "Vault token"),
    key("hvb.", Dashed, AtLeast(24), "Vault token"),
    key("sbp_", Hex, Exactly(40), "Supabase token"),
    key("sb_secret_", Dashed, AtLeast(20), "Supabase key"),
    key("pscale_tkn_", Dotted, AtLeast(32), "PlanetScale token"),
    key("pscale_pw_", Dotted, AtLeast(32), "PlanetScale password"),
    // Code and packages.
    key("ghp_", Alphanumeric, AtLeast(36), "GitHub token"),
    key("gho_", Alphanumeric, AtLeast(36), "GitHub token"),
    key("ghu_", Alphanumeric, AtLeast(36), "GitHub token"),
    key("ghs_", Dotted, AtLeast(36), "GitHub token"),
    key("ghr_", Alphanumeric, AtLeast(36), "GitHub token"),
    key("github_pat_", Word, AtLeast(40), "GitHub token"),
    key("glpat-", Dotted, AtLeast(20), "GitLab token"),
    key("gldt-", Dashed, AtLeast(20), "GitLab token"),
    key("glrt-", Dotted, AtLeast(20), "GitLab token"),
    key("glptt-", Dashed, AtLeast(20), "GitLab token"),
    key("glcbt-", Dashed, AtLeast(20), "GitLab token"),
    key("gloas-", Dashed, AtLeast(20), "GitLab secret"),
    key("ATATT3", Padded, AtLeast(60), "Atlassian token"),
    key("ATBB", Alphanumeric, AtLeast(24), "Bitbucket password"),
    key("npm_", Alphanumeric, AtLeast(36), "npm token"),
    key("pypi-AgE", Dashed, AtLeast(50), "PyPI token"),
    key("rubygems_", Hex, Exactly(48), "RubyGems key"),
    key("cio", Alphanumeric, Exactly(32), "crates.io token"),
    key("oy2", Alphanumeric, Exactly(43), "NuGet key"),
    key("dckr_pat_", Dashed, AtLeast(20), "Docker token"),
    key("dckr_oat_", Dashed, AtLeast(20), "Docker token"),
    key("CCIPAT_", Word, AtLeast(40), "CircleCI token"),
    key("bkua_", Hex, Exactly(40), "Buildkite token"),
    key("sntrys_", Base64, AtLeast(40), "Sentry token"),
    key("sntryu_", Hex, Exactly(64), "Sentry token"),
    key("glsa_", Word, AtLeast(40), "Grafana token"),
    key("glc_", Base64, AtLeast(32), "Grafana token"),
    key("NRAK-", Alphanumeric, Exactly(27), "New Relic key"),
    key("PMAK-", Dashed, AtLeast(50), "Postman key"),
    key("dp.pt.", Alphanumeric, AtLeast(40), "Doppler token"),
    key("dp.st.", Dotted, AtLeast(40), "Doppler token"),
    key("lin_api_", Alphanumeric, AtLeast(32), "Linear key"),
    key("ntn_", Alphanumeric, AtLeast(40), "Notion token"),
    key("figd_", Dashed, AtLeast(40), "Figma token"),
    // Models.
    key("sk-ant-", Dashed, AtLeast(32), "Anthropic key"),
    key("sk-proj-", Dashed, AtLeast(40), "OpenAI key"),
    key("sk-svcacct-", Dashed, AtLeast(40), "OpenAI key"),
    key("sk-admin-", Dashed, AtLeast(40), "OpenAI key"),
    key("sk-or-v1-", Hex, Exactly(64), "OpenRouter key"),
    key("sk-lf-", Dashed, AtLeast(32), "Langfuse key"),
    key("sk-", Alphanumeric, Exactly(48), "OpenAI key"),
    key("sk-", Alphanumeric, AtLeast(20), "API key"),
    key("gsk_", Alphanumeric, AtLeast(48), "Groq key"),
    key("xai-", Alphanumeric, AtLeast(64), "xAI key"),
    key("pplx-", Alphanumeric, AtLeast(40), "Perplexity key"),
    key("hf_", Alphanumeric, AtLeast(30), "Hugging Face token"),
    key("r8_", Alphanumeric, AtLeast(36), "Replicate token"),
    key("lsv2_pt_", Word, AtLeast(32), "LangSmith key"),
    key("lsv2_sk_", Word, AtLeast(32), "LangSmith key"),
    key("tvly-", Dashed, AtLeast(24), "Tavily key"),
    // Payment, mail and talk.
    key("sk_live_", Alphanumeric, AtLeast(16), "Stripe key"),
    key("sk_test_", Alphanumeric, AtLeast(16), "Stripe key"),
    key("rk_live_", Alphanumeric, AtLeast(16), "Stripe key"),
    key("rk_test_", Alphanumeric, AtLeast(16), "Stripe key"),
    key("whsec_", Base64, AtLeast(24), "webhook secret"),
    key("sq0csp-", Dashed, AtLeast(40), "Square secret"),
    key("shpat_", Alphanumeric, Exactly(32), "Shopify token"),
    key("shpca_", Alphanumeric, Exactly(32), "Shopify token"),
    key("shppa_", Alphanumeric, Exactly(32), "Shopify token"),
    key("shpss_", Alphanumeric, Exactly(32), "Shopify secret"),
    key("SG.", Dotted, AtLeast(60), "SendGrid key"),
    key("SK", Hex, Exactly(32), "Twilio key"),
    key("xoxb-", Dashed, AtLeast(20), "Slack token"),
    key("xoxp-", Dashed, AtLeast(20), "Slack token"),
    key("xoxa-", Dashed, AtLeast(20), "Slack token"),
    key("xoxr-", Dashed, AtLeast(20), "Slack token"),
    key("xoxs-", Dashed, AtLeast(20), "Slack token"),
    key("xoxc-", Dashed, AtLeast(20), "Slack token"),
    key("xoxd-", Dashed, AtLeast(20), "Slack token"),
    key("xoxe.", Dashed, AtLeast(20), "Slack token"),
    key("xoxe-", Dashed, AtLeast(20), "Slack token"),
    key("xapp-", Dashed, AtLeast(20), "Slack token"),
    after(
        "hooks.slack.com/services/",
        Path,
        AtLeast(24),
        "Slack webhook",
    ),
    after(
        "discord.com/api/webhooks/",
        Path,
        AtLeast(60),
        "Discord webhook",
    ),
    after(
        "discordapp.com/api/webhooks/",
        Path,
        AtLeast(60),
        "Discord webhook",
    ),
    // Keys of people.
    key("AGE-SECRET-KEY-1", Alphanumeric, Exactly(58), "age key"),
    key("ops_eyJ", Base64, AtLeast(100), "1Password token"),
];
