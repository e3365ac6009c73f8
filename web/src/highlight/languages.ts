import type { LanguageFn } from "highlight.js";

type Load = () => Promise<{ default: LanguageFn }>;

/** The grammars that are brought in when a file of their language is shown, and never before. */
const GRAMMARS = {
  bash: () => import("highlight.js/lib/languages/bash"),
  c: () => import("highlight.js/lib/languages/c"),
  cpp: () => import("highlight.js/lib/languages/cpp"),
  csharp: () => import("highlight.js/lib/languages/csharp"),
  css: () => import("highlight.js/lib/languages/css"),
  dockerfile: () => import("highlight.js/lib/languages/dockerfile"),
  go: () => import("highlight.js/lib/languages/go"),
  ini: () => import("highlight.js/lib/languages/ini"),
  java: () => import("highlight.js/lib/languages/java"),
  javascript: () => import("highlight.js/lib/languages/javascript"),
  json: () => import("highlight.js/lib/languages/json"),
  kotlin: () => import("highlight.js/lib/languages/kotlin"),
  makefile: () => import("highlight.js/lib/languages/makefile"),
  markdown: () => import("highlight.js/lib/languages/markdown"),
  php: () => import("highlight.js/lib/languages/php"),
  python: () => import("highlight.js/lib/languages/python"),
  ruby: () => import("highlight.js/lib/languages/ruby"),
  rust: () => import("highlight.js/lib/languages/rust"),
  sql: () => import("highlight.js/lib/languages/sql"),
  swift: () => import("highlight.js/lib/languages/swift"),
  typescript: () => import("highlight.js/lib/languages/typescript"),
  xml: () => import("highlight.js/lib/languages/xml"),
  yaml: () => import("highlight.js/lib/languages/yaml"),
} satisfies Record<string, Load>;

export type Language = keyof typeof GRAMMARS;

/** Extensions, whole file names, and the names that people write behind a fence. */
const NAMES: Readonly<Record<Language, string>> = {
  bash: "sh bash zsh shell console bashrc zshrc profile",
  c: "c h",
  cpp: "cpp cc cxx hpp hh hxx c++",
  csharp: "cs csharp c#",
  css: "css scss less",
  dockerfile: "dockerfile containerfile",
  go: "go golang",
  ini: "ini toml cfg conf properties editorconfig gitconfig",
  java: "java",
  javascript: "js mjs cjs jsx javascript node",
  json: "json jsonc json5 jsonl ndjson webmanifest",
  kotlin: "kt kts kotlin",
  makefile: "makefile mk make",
  markdown: "md markdown mdx",
  php: "php",
  python: "py pyi python python3",
  ruby: "rb ruby gemfile rakefile",
  rust: "rs rust",
  sql: "sql sqlite psql",
  swift: "swift",
  typescript: "ts tsx mts cts typescript",
  xml: "xml html htm svg vue xhtml plist",
  yaml: "yaml yml",
};

const BY_NAME: ReadonlyMap<string, Language> = new Map(
  Object.entries(NAMES).flatMap(([language, names]) =>
    names.split(" ").map((name) => [name, language as Language] as const),
  ),
);

/** The language of a file by its name; null where none is known. */
export function languageOf(path: string): Language | null {
  const name = (path.split(/[/\\]/).at(-1) ?? "").toLowerCase();
  const extension = name.includes(".") ? name.slice(name.lastIndexOf(".") + 1) : name;
  return BY_NAME.get(name) ?? BY_NAME.get(extension) ?? null;
}

/** The language that stands behind a fence. */
export function languageNamed(name: string): Language | null {
  return BY_NAME.get(name.toLowerCase()) ?? null;
}

export function grammarOf(language: Language): Promise<{ default: LanguageFn }> {
  return GRAMMARS[language]();
}
