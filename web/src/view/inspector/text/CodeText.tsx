import { memo, useMemo } from "react";
import { visible } from "../../../format/plain";
import type { Language } from "../../../highlight/languages";
import type { Token } from "../../../highlight/tokens";
import type { Part } from "../../../text/parts";
import { useTokens } from "./useTokens";

interface Props {
  text: string;
  parts: readonly Part[];
  language: Language | null;
  /** The number of the first line; no numbers without it. */
  first?: number;
}

/** A program, with the numbers of its lines and coloured words. */
export function CodeText({ text, parts, language, first }: Props) {
  // A text of many parts is too long for colours, and not worth making visible as a whole.
  const whole = useMemo(() => (parts.length > 1 ? "" : codeOf(parts[0]?.text ?? "")), [parts]);
  const isWhole = parts.length === 1 && (parts[0]?.end ?? 0) >= text.length;
  const tokens = useTokens(whole, isWhole ? language : null);
  return parts.map((part) => (
    <CodePart
      key={part.end}
      part={part}
      tokens={tokens}
      {...(first === undefined ? {} : { first })}
    />
  ));
}

interface PartProps {
  part: Part;
  tokens: readonly (readonly Token[])[] | null;
  first?: number;
}

const CodePart = memo(function CodePart({ part, tokens, first }: PartProps) {
  const lines = useMemo(() => codeOf(part.text).split("\n"), [part]);
  const width = first === undefined ? 0 : String(first + part.firstLine + lines.length).length;
  return (
    <pre
      className={first === undefined ? "part" : "part numbered"}
      style={{ "--digits": `${width}ch` } as React.CSSProperties}
    >
      {lines.map((line, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
          key={index}
          className="code-line"
          data-no={first === undefined ? undefined : first + part.firstLine + index}
        >
          <Tokens tokens={tokens?.[index] ?? [{ text: line }]} />
          {"\n"}
        </span>
      ))}
    </pre>
  );
});

export function Tokens({ tokens }: { tokens: readonly Token[] }) {
  return tokens.map((token, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: words never move
    <span key={index} data-token={token.kind}>
      {token.text}
    </span>
  ));
}

/** What is in a file is shown as it is there: an escape of a terminal is a character of it. */
function codeOf(text: string): string {
  return visible(text.replaceAll("\r\n", "\n"));
}
