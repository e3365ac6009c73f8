import { useMemo, useState } from "react";
import { type DiffRow, rowsOfHunk } from "../../../diff/pair";
import type { DiffLine, Hunk } from "../../../diff/parse";
import { counted } from "../../../format/number";
import { plainLine, visible } from "../../../format/plain";
import { useWordMarks } from "./useWordMarks";

/** More rows than this are shown when asked for. */
const FIRST_ROWS = 400;

type Row = DiffRow | { readonly kind: "between"; readonly text: string };

/** The hunks of a file as rows, long unchanged parts folded. */
export function DiffHunks({ hunks }: { hunks: readonly Hunk[] }) {
  const rows = useMemo(() => hunks.flatMap(rowsOf), [hunks]);
  const [shown, setShown] = useState(FIRST_ROWS);
  const digits = useMemo(() => digitsOf(hunks), [hunks]);
  return (
    <div className="diff-rows" style={{ "--digits": `${digits}ch` } as React.CSSProperties}>
      {rows.slice(0, shown).map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows never move
        <RowView key={index} row={row} />
      ))}
      {rows.length > shown && (
        <button type="button" className="diff-fold" onClick={() => setShown(shown * 4)}>
          Show more: {counted(rows.length - shown, "line")} left
        </button>
      )}
    </div>
  );
}

function rowsOf({ heading, lines, skipped }: Hunk, index: number): Row[] {
  const words = [
    skipped === undefined ? "" : `${counted(skipped, "unchanged line")} left out`,
    plainLine(heading, 120),
  ];
  const text = words.filter(Boolean).join(" · ");
  const between: Row[] = text !== "" || index > 0 ? [{ kind: "between", text }] : [];
  return [...between, ...rowsOfHunk(lines)];
}

function digitsOf(hunks: readonly Hunk[]): number {
  const last = hunks.at(-1)?.lines.at(-1);
  const number = Math.max(last?.before ?? 0, last?.after ?? 0);
  return number === 0 ? 0 : String(number).length;
}

function RowView({ row }: { row: Row }) {
  if (row.kind === "between") return <p className="between">{row.text}</p>;
  if (row.kind === "line") return <LineView line={row.line} partner={row.partner} />;
  return <Fold lines={row.lines} />;
}

function Fold({ lines }: { lines: readonly DiffLine[] }) {
  const [open, setOpen] = useState(false);
  if (open) {
    // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
    return lines.map((line, index) => <LineView key={index} line={line} partner={undefined} />);
  }
  return (
    <button type="button" className="diff-fold" onClick={() => setOpen(true)}>
      {counted(lines.length, "unchanged line")}
    </button>
  );
}

const SIGNS = { same: " ", added: "+", removed: "−" } as const;
const WORDS = { same: "", added: "Added: ", removed: "Removed: " } as const;

function LineView({ line, partner }: { line: DiffLine; partner: DiffLine | undefined }) {
  const { kind, text, before, after } = line;
  return (
    <div className="diff-line" data-kind={kind}>
      <span className="diff-no" data-no={before} />
      <span className="diff-no" data-no={after} />
      <span className="diff-sign" data-sign={SIGNS[kind]} />
      <span className="diff-text">
        {kind !== "same" && <span className="visually-hidden">{WORDS[kind]}</span>}
        {partner === undefined || kind === "same" ? (
          visible(text)
        ) : (
          <MarkedText text={text} other={partner.text} side={kind} />
        )}
        {"\n"}
      </span>
    </div>
  );
}

interface MarkedProps {
  text: string;
  other: string;
  side: "added" | "removed";
}

function MarkedText({ text, other, side }: MarkedProps) {
  const marked = useWordMarks();
  const pieces = useMemo(() => marked?.(text, other, side) ?? null, [marked, text, other, side]);
  if (pieces === null) return visible(text);
  return pieces.map((piece, index) =>
    piece.marked ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces never move
      <mark key={index}>{visible(piece.text)}</mark>
    ) : (
      visible(piece.text)
    ),
  );
}
