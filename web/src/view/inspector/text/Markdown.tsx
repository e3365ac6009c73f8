import { memo, type ReactNode, useMemo } from "react";
import { plain } from "../../../format/plain";
import { languageNamed } from "../../../highlight/languages";
import { type Block, type Item, readBlocks } from "../../../markdown/blocks";
import { type Inline, inlineText } from "../../../markdown/inline";
import { Tokens } from "./CodeText";
import { CopyButton } from "./CopyButton";
import { OutsideLink } from "./OutsideLink";
import { useTokens } from "./useTokens";

/** A text with its marks drawn: made of our own elements, never of markup that came with it. */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  const blocks = useMemo(() => readBlocks(plain(text)), [text]);
  return (
    <div className="prose" dir="auto">
      <Blocks blocks={blocks} />
    </div>
  );
});

function Blocks({ blocks }: { blocks: readonly Block[] }) {
  return blocks.map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: blocks never move
    <BlockView key={index} block={block} />
  ));
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case "paragraph":
      return (
        <p>
          <Inlines content={block.content} />
        </p>
      );
    case "heading":
      return <Heading level={block.level} content={block.content} />;
    case "code":
      return <Fenced language={block.language} text={block.text} />;
    case "quote":
      return (
        <blockquote>
          <Blocks blocks={block.blocks} />
        </blockquote>
      );
    case "list":
      return <List first={block.first} items={block.items} />;
    case "table":
      return <Table head={block.head} rows={block.rows} />;
    default:
      return <hr />;
  }
}

/** One level below those of the page: an agent's own levels begin and jump as they like. */
function Heading({ level, content }: { level: number; content: readonly Inline[] }) {
  return (
    <h4 data-level={Math.min(level, 3)}>
      <Inlines content={content} />
    </h4>
  );
}

function List({ first, items }: { first: number | null; items: readonly Item[] }) {
  const shown = items.map(({ done, blocks }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: items never move
    <li key={index} data-done={done}>
      {done !== undefined && <span className="visually-hidden">{done ? "Done: " : "Open: "}</span>}
      <Blocks blocks={blocks} />
    </li>
  ));
  return first === null ? <ul>{shown}</ul> : <ol start={first}>{shown}</ol>;
}

type Cells = readonly (readonly Inline[])[];

function Table({ head, rows }: { head: Cells; rows: readonly Cells[] }) {
  const row = (cells: Cells, cell: (content: ReactNode, index: number) => ReactNode) =>
    cells.map((content, index) => cell(<Inlines content={content} />, index));
  return (
    <div className="prose-table">
      <table>
        <thead>
          <tr>
            {row(head, (content, index) => (
              <th key={index}>{content}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows never move
            <tr key={index}>
              {row(cells, (content, at) => (
                <td key={at}>{content}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Fenced({ language, text }: { language: string; text: string }) {
  const tokens = useTokens(text, languageNamed(language));
  return (
    <div className="fenced">
      <CopyButton what="code" text={text} />
      <pre>
        {tokens === null
          ? text
          : tokens.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
              <span key={index}>
                <Tokens tokens={line} />
                {"\n"}
              </span>
            ))}
      </pre>
    </div>
  );
}

function Inlines({ content }: { content: readonly Inline[] }) {
  return content.map((piece, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces never move
    <InlineView key={index} piece={piece} />
  ));
}

function InlineView({ piece }: { piece: Inline }) {
  switch (piece.kind) {
    case "code":
      return <code>{piece.text}</code>;
    case "strong":
      return (
        <strong>
          <Inlines content={piece.content} />
        </strong>
      );
    case "emphasis":
      return (
        <em>
          <Inlines content={piece.content} />
        </em>
      );
    case "link":
      return (
        <OutsideLink href={piece.href} says={inlineText(piece.content)}>
          <Inlines content={piece.content} />
        </OutsideLink>
      );
    default:
      return piece.text;
  }
}
