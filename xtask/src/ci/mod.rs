//! Every check of the repository in one command, the quick ones first.

mod browser;
mod rust;
mod step;
mod web;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::ensure;

pub(crate) use browser::chromium;
use step::{Outcome, Setting, Step};
pub(crate) use web::packages;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Leaves out the tests that drive a browser.
    #[arg(long)]
    skip_browser: bool,
    /// Runs the step of this name alone; may be given several times.
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
}

/// The order fails early: what needs no build, then the page, then Rust, then both in a browser.
const STEPS: &[Step] = &[
    Step {
        name: "fmt",
        work: rust::fmt,
    },
    Step {
        name: "tidy",
        work: rust::tidy,
    },
    Step {
        name: "lock",
        work: web::lock,
    },
    Step {
        name: "install",
        work: web::install,
    },
    Step {
        name: "biome",
        work: web::biome,
    },
    Step {
        name: "typecheck",
        work: web::typecheck,
    },
    Step {
        name: "vitest",
        work: web::vitest,
    },
    Step {
        name: "clippy",
        work: rust::clippy,
    },
    Step {
        name: "doc",
        work: rust::doc,
    },
    Step {
        name: "tools",
        work: browser::tools,
    },
    Step {
        name: "test",
        work: rust::test,
    },
    Step {
        name: "doctest",
        work: rust::doctest,
    },
    Step {
        name: "binary",
        work: rust::binary,
    },
    Step {
        name: "browser",
        work: browser::test,
    },
];

/// Runs the steps and says how each went; the exit code is 1 after a failure.
///
/// With `CI=true` a skipped step is a failure too: there, whatever cannot run was not checked.
pub(crate) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let steps = chosen(options)?;
    let setting = Setting {
        ci: std::env::var("CI").is_ok_and(|value| value == "true" || value == "1"),
        browser: !options.skip_browser,
    };
    let start = Instant::now();
    let mut rows = Vec::new();
    for step in &steps {
        let row = perform(step, &setting);
        let failed = matches!(row.end, End::Failed);
        rows.push(row);
        if failed {
            break;
        }
    }
    Ok(close(&rows, steps.len(), start.elapsed()))
}

fn chosen(options: &Options) -> anyhow::Result<Vec<&'static Step>> {
    let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
    for name in &options.only {
        ensure!(
            names.contains(&name.as_str()),
            "there is no step {name}; the steps are {}",
            names.join(", ")
        );
    }
    let wanted =
        |step: &&Step| options.only.is_empty() || options.only.iter().any(|name| name == step.name);
    let browser = |step: &&Step| !(options.skip_browser && step.name == "browser");
    Ok(STEPS.iter().filter(wanted).filter(browser).collect())
}

struct Row {
    name: &'static str,
    end: End,
    took: Duration,
}

enum End {
    Passed,
    Skipped(String),
    Failed,
}

fn perform(step: &Step, setting: &Setting) -> Row {
    println!("-> {}", step.name);
    let start = Instant::now();
    let end = match (step.work)(setting) {
        Ok(Outcome::Passed) => End::Passed,
        Ok(Outcome::Skipped(reason)) if setting.ci => {
            println!("SKIPPED, which CI counts as a failure: {reason}");
            End::Failed
        }
        Ok(Outcome::Skipped(reason)) => End::Skipped(reason),
        Err(error) => {
            println!("{error:?}");
            End::Failed
        }
    };
    let row = Row {
        name: step.name,
        end,
        took: start.elapsed(),
    };
    println!("{}", line(&row));
    row
}

fn line(row: &Row) -> String {
    let (word, reason) = match &row.end {
        End::Passed => ("ok", ""),
        End::Skipped(reason) => ("SKIPPED", reason.as_str()),
        End::Failed => ("FAILED", ""),
    };
    format!(
        "{:<10} {word:<8} {:>7.1} s  {reason}",
        row.name,
        row.took.as_secs_f64()
    )
    .trim_end()
    .to_owned()
}

/// Prints the closing table; the very last line counts the steps.
fn close(rows: &[Row], planned: usize, took: Duration) -> ExitCode {
    let count = |wanted: fn(&End) -> bool| rows.iter().filter(|row| wanted(&row.end)).count();
    let passed = count(|end| matches!(end, End::Passed));
    let failed = count(|end| matches!(end, End::Failed));
    let skipped = count(|end| matches!(end, End::Skipped(_)));
    println!("\nstep       end           time");
    for row in rows {
        println!("{}", line(row));
    }
    if rows.len() < planned {
        println!("{} more steps were not reached", planned - rows.len());
    }
    if skipped > 0 {
        println!("{skipped} skipped");
    }
    println!(
        "all        {:>16.1} s\n\n{passed} passed, {failed} failed",
        took.as_secs_f64()
    );
    ExitCode::from(u8::from(failed > 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(skip_browser: bool, only: &[&str]) -> Vec<&'static str> {
        let only = only.iter().map(ToString::to_string).collect();
        let steps = chosen(&Options { skip_browser, only }).unwrap();
        steps.iter().map(|step| step.name).collect()
    }

    #[test]
    fn every_step_runs_unless_told_otherwise() {
        assert_eq!(names(false, &[]).len(), STEPS.len());
        assert!(!names(true, &[]).contains(&"browser"));
        assert_eq!(names(false, &["doc", "fmt"]), ["fmt", "doc"]);
    }

    #[test]
    fn a_name_that_no_step_has_is_refused() {
        let options = Options {
            skip_browser: false,
            only: vec!["formatting".to_owned()],
        };
        let error = chosen(&options).err().unwrap().to_string();
        assert!(error.contains("fmt, tidy"), "{error}");
    }

    fn end_of(ci: bool, work: fn(&Setting) -> anyhow::Result<Outcome>) -> &'static str {
        match perform(
            &Step {
                name: "sample",
                work,
            },
            &Setting { ci, browser: true },
        )
        .end
        {
            End::Passed => "passed",
            End::Skipped(_) => "skipped",
            End::Failed => "failed",
        }
    }

    #[test]
    fn a_skip_is_a_failure_in_ci_alone() {
        let skip = |_: &Setting| Ok(Outcome::Skipped("not here".to_owned()));
        assert_eq!(end_of(false, skip), "skipped");
        assert_eq!(end_of(true, skip), "failed");
        assert_eq!(end_of(true, |_| Ok(Outcome::Passed)), "passed");
        assert_eq!(end_of(false, |_| anyhow::bail!("broken")), "failed");
    }

    #[test]
    fn a_failure_makes_the_exit_code() {
        let row = |end| Row {
            name: "sample",
            end,
            took: Duration::ZERO,
        };
        let code = |rows: &[Row]| format!("{:?}", close(rows, rows.len(), Duration::ZERO));
        assert_eq!(
            code(&[row(End::Passed)]),
            format!("{:?}", ExitCode::SUCCESS)
        );
        assert_eq!(
            code(&[row(End::Passed), row(End::Failed)]),
            format!("{:?}", ExitCode::FAILURE)
        );
    }
}
