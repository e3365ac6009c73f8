//! Builds the page in `web/` and writes a table of its files, so that one `cargo build` gives one
//! binary with everything in it.
//!
//! `AGENT_TRACER_SKIP_WEB=1` embeds a placeholder instead: for editors, which build on each save.
//! A release build refuses the placeholder.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

type Failure = Box<dyn std::error::Error>;

const PLACEHOLDER: &str = "<!doctype html><title>Agent Tracer</title>\
    <p>Built without its page (AGENT_TRACER_SKIP_WEB was set).";

fn main() {
    println!("cargo::rerun-if-env-changed=AGENT_TRACER_SKIP_WEB");
    if let Err(failure) = build() {
        println!("cargo::error=the page could not be built: {failure}");
        std::process::exit(1);
    }
}

fn build() -> Result<(), Failure> {
    let web = Path::new(&std::env::var("CARGO_MANIFEST_DIR")?)
        .join("../../web")
        .canonicalize()?;
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let dist = out.join("dist");
    watch(&web);
    if std::env::var_os("AGENT_TRACER_SKIP_WEB").is_some_and(|value| value != "0") {
        place_holder(&dist)?;
    } else {
        install(&web)?;
        let vite = web.join("node_modules/vite/bin/vite.js");
        run(Command::new("node")
            .arg(vite)
            .args(["build", "--logLevel", "warn", "--emptyOutDir", "--outDir"])
            .arg(&dist)
            .env("VITE_CACHE_DIR", out.join("vite"))
            .current_dir(&web))?;
    }
    std::fs::write(out.join("assets.rs"), table(&dist)?)?;
    Ok(())
}

/// Builds again when the page's sources change, and only then.
fn watch(web: &Path) {
    for path in [
        "src",
        "build",
        "public",
        "index.html",
        "package.json",
        "package-lock.json",
        "vite.config.ts",
    ] {
        println!("cargo::rerun-if-changed={}", web.join(path).display());
    }
}

fn place_holder(dist: &Path) -> Result<(), Failure> {
    if std::env::var("PROFILE")? == "release" {
        return Err("a release must have its page: unset AGENT_TRACER_SKIP_WEB".into());
    }
    std::fs::create_dir_all(dist)?;
    std::fs::write(dist.join("index.html"), PLACEHOLDER)?;
    Ok(())
}

/// Installs the packages unless this very lock is installed (the stamp is the one that
/// `cargo xtask ci` writes).
fn install(web: &Path) -> Result<(), Failure> {
    let lock = std::fs::read(web.join("package-lock.json"))?;
    let stamp = web.join("node_modules/.installed-lock");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    run(Command::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .env("npm_config_update_notifier", "false")
        .current_dir(web))?;
    std::fs::write(stamp, lock)?;
    Ok(())
}

fn run(command: &mut Command) -> Result<(), Failure> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| {
        format!("{program} does not run ({error}): Node 20.19 or newer is needed")
    })?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    Err(format!("{command:?} failed:\n{}", String::from_utf8_lossy(&said)).into())
}

/// A table of every file that is not a compressed twin of another.
fn table(dist: &Path) -> Result<String, Failure> {
    let mut files = Vec::new();
    list(dist, dist, &mut files)?;
    files.sort();
    let mut text = String::from("static ASSETS: &[Asset] = &[\n");
    for name in files.iter().filter(|name| !is_twin(name, &files)) {
        let file = dist.join(name);
        let twin = |ending: &str| {
            let twin = format!("{name}.{ending}");
            if files.contains(&twin) {
                format!("Some(include_bytes!({}))", literal(&dist.join(twin)))
            } else {
                "None".to_owned()
            }
        };
        writeln!(
            text,
            "Asset {{ path: {name:?}, content_type: {:?}, bytes: include_bytes!({}), \
             brotli: {}, gzip: {} }},",
            content_type(name),
            literal(&file),
            twin("br"),
            twin("gz"),
        )?;
    }
    text.push_str("];\n");
    Ok(text)
}

/// A path as Rust writes a text.
fn literal(path: &Path) -> String {
    format!("{:?}", path.to_string_lossy())
}

fn list(root: &Path, folder: &Path, files: &mut Vec<String>) -> Result<(), Failure> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(root, &path, files)?;
        } else {
            let name = path
                .strip_prefix(root)?
                .to_str()
                .ok_or("a file name is not UTF-8")?;
            files.push(name.replace('\\', "/"));
        }
    }
    Ok(())
}

fn is_twin(name: &str, files: &[String]) -> bool {
    let plain = name
        .strip_suffix(".br")
        .or_else(|| name.strip_suffix(".gz"));
    plain.is_some_and(|plain| files.iter().any(|file| file == plain))
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "json" | "map" => "application/json",
        "png" => "image/png",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
