import type { createLowlight } from "lowlight";

export type Tree = ReturnType<ReturnType<typeof createLowlight>["highlight"]>;
type TreeNode = Tree["children"][number];
type Element = Extract<TreeNode, { type: "element" }>;

/** What a word of a program is, as far as its colour goes. */
export type TokenKind = "keyword" | "string" | "number" | "comment" | "name" | "type" | "meta";

export interface Token {
  readonly text: string;
  readonly kind?: TokenKind;
}

const KINDS: Readonly<Record<string, TokenKind>> = {
  keyword: "keyword",
  literal: "number",
  operator: "keyword",
  "selector-tag": "keyword",
  string: "string",
  regexp: "string",
  char: "string",
  code: "string",
  addition: "string",
  number: "number",
  symbol: "number",
  comment: "comment",
  quote: "comment",
  title: "name",
  section: "name",
  name: "name",
  function: "name",
  "selector-id": "name",
  "selector-class": "name",
  type: "type",
  class: "type",
  built_in: "type",
  attr: "type",
  attribute: "type",
  property: "type",
  variable: "type",
  meta: "meta",
  tag: "meta",
  deletion: "meta",
  link: "meta",
};

/** A tree of coloured words as lines of them: the tree knows no lines, and strings can span many. */
export function tokenLines(tree: Tree): Token[][] {
  const lines: Token[][] = [[]];
  const walk = (nodes: readonly TreeNode[], kind: TokenKind | undefined) => {
    for (const node of nodes) {
      if (node.type === "element") walk(node.children, kindOf(node) ?? kind);
      if (node.type === "text") append(lines, node.value, kind);
    }
  };
  walk(tree.children, undefined);
  return lines;
}

function append(lines: Token[][], text: string, kind: TokenKind | undefined): void {
  for (const [index, part] of text.split("\n").entries()) {
    if (index > 0) lines.push([]);
    if (part !== "") lines.at(-1)?.push(kind === undefined ? { text: part } : { text: part, kind });
  }
}

function kindOf({ properties }: Element): TokenKind | undefined {
  const { className } = properties;
  const first = Array.isArray(className) ? String(className[0] ?? "") : "";
  return KINDS[first.replace(/^hljs-/, "")];
}
