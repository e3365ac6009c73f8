//! Which crate may see which: the walls of the house, where Cargo alone would let a door be cut.

use crate::workspace::{Dependency, Package};

/// For each member, the members that it may depend on. A new crate is given its arrows here.
const ARROWS: &[(&str, &[&str])] = &[
    (
        "agent-tracer",
        &[
            "agent-tracer-server",
            "agent-tracer-store",
            "agent-tracer-core",
            "agent-tracer-webui",
        ],
    ),
    (
        "agent-tracer-server",
        &[
            "agent-tracer-store",
            "agent-tracer-core",
            "agent-tracer-webui",
        ],
    ),
    ("agent-tracer-store", &["agent-tracer-core"]),
    ("agent-tracer-core", &[]),
    ("agent-tracer-webui", &[]),
    ("xtask", &["agent-tracer-core"]),
];

/// All that the core may use: nothing that waits, reaches out or reads a clock.
const CORE: &[&str] = &["jiff", "regex", "serde", "serde_json", "thiserror"];

/// Only for the generated types, and never in what is shipped.
const CORE_OPTIONAL: &str = "ts-rs";

/// Crates that only their owners may name in what is shipped (a test may stand in another program's
/// shoes); xtask has its bare peer of both.
const OWNED: &[(&str, &[&str])] = &[
    ("rusqlite", &["agent-tracer-store", "xtask"]),
    ("axum", &["agent-tracer-server", "xtask"]),
];

pub(super) fn faults(packages: &[Package]) -> Vec<String> {
    let mut faults = Vec::new();
    for package in packages {
        faults.extend(members(package));
        faults.extend(owned(package));
        if package.name == "agent-tracer-core" {
            faults.extend(core(package));
        }
    }
    faults
}

fn members(package: &Package) -> Vec<String> {
    let name = package.name.as_str();
    let Some((_, allowed)) = ARROWS.iter().find(|(from, _)| *from == name) else {
        return vec![format!(
            "{name}: has no arrows; list it in xtask/src/tidy/arrows.rs"
        )];
    };
    let inside = package
        .dependencies
        .iter()
        .filter(|dependency| dependency.path.is_some());
    inside
        .filter(|dependency| !allowed.contains(&dependency.name.as_str()))
        .map(|dependency| format!("{name}: may not depend on {}", dependency.name))
        .collect()
}

fn owned(package: &Package) -> Vec<String> {
    let name = package.name.as_str();
    let names = |wanted: &str| {
        package.dependencies.iter().any(|dependency| {
            dependency.name == wanted && dependency.kind.as_deref() != Some("dev")
        })
    };
    OWNED
        .iter()
        .filter(|(owned, owners)| names(owned) && !owners.contains(&name))
        .map(|(owned, owners)| format!("{name}: {owned} belongs to {} alone", owners.join(" and ")))
        .collect()
}

/// The list is exact, so that a dependency that went away leaves it too.
fn core(package: &Package) -> Vec<String> {
    let shipped = |dependency: &&Dependency| {
        let optional = dependency.optional && dependency.name == CORE_OPTIONAL;
        dependency.kind.as_deref() != Some("dev") && !optional
    };
    let mut found: Vec<&str> = package
        .dependencies
        .iter()
        .filter(shipped)
        .map(|dependency| dependency.name.as_str())
        .collect();
    found.sort_unstable();
    if found == CORE {
        return Vec::new();
    }
    vec![format!(
        "agent-tracer-core: depends on {found:?}, where it must be {CORE:?}"
    )]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dependency(name: &str) -> Dependency {
        let path = name.starts_with("agent-tracer").then(|| "here".into());
        Dependency {
            name: name.to_owned(),
            kind: None,
            optional: false,
            path,
        }
    }

    fn package(name: &str, dependencies: &[&str]) -> Package {
        let dependencies = dependencies.iter().map(|name| dependency(name)).collect();
        Package {
            name: name.to_owned(),
            dependencies,
        }
    }

    fn check(name: &str, dependencies: &[&str], expected: &[&str]) {
        assert_eq!(faults(&[package(name, dependencies)]), expected);
    }

    #[test]
    fn an_arrow_against_the_stream_is_a_fault() {
        check("agent-tracer-server", &["agent-tracer-store", "axum"], &[]);
        check(
            "agent-tracer-store",
            &["agent-tracer-server"],
            &["agent-tracer-store: may not depend on agent-tracer-server"],
        );
        check(
            "agent-tracer-webui",
            &["agent-tracer-core"],
            &["agent-tracer-webui: may not depend on agent-tracer-core"],
        );
    }

    #[test]
    fn a_crate_without_arrows_is_a_fault() {
        check(
            "agent-tracer-shell",
            &[],
            &["agent-tracer-shell: has no arrows; list it in xtask/src/tidy/arrows.rs"],
        );
    }

    #[test]
    fn sql_and_http_have_one_owner_each() {
        check(
            "agent-tracer-server",
            &["rusqlite"],
            &["agent-tracer-server: rusqlite belongs to agent-tracer-store and xtask alone"],
        );
        check(
            "agent-tracer",
            &["axum"],
            &["agent-tracer: axum belongs to agent-tracer-server and xtask alone"],
        );
    }

    #[test]
    fn the_core_has_exactly_its_list() {
        check("agent-tracer-core", CORE, &[]);
        let faults_of = |package: Package| faults(&[package]).len();
        assert_eq!(
            faults_of(package("agent-tracer-core", &["serde", "jiff", "tokio"])),
            1
        );
        let mut with_types = package("agent-tracer-core", CORE);
        with_types.dependencies.push(dependency("ts-rs"));
        assert_eq!(faults_of(with_types), 1, "ts-rs must be optional");
        let mut with_types = package("agent-tracer-core", CORE);
        with_types.dependencies.push(Dependency {
            optional: true,
            ..dependency("ts-rs")
        });
        let kind = Some("dev".to_owned());
        with_types.dependencies.push(Dependency {
            kind,
            ..dependency("proptest")
        });
        assert_eq!(faults_of(with_types), 0);
    }
}
