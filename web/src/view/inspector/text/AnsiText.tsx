import { Fragment, memo, useRef } from "react";
import type { Span } from "../../../ansi/line";
import { lookOf } from "../../../ansi/look";
import { readScreen, type Screen } from "../../../ansi/parse";
import { PLAIN } from "../../../ansi/style";
import type { Part } from "../../../text/parts";

/** What a terminal showed, part by part: a colour goes on from one into the next. */
export function AnsiText({ parts }: { parts: readonly Part[] }) {
  const screens = useScreens(parts);
  return screens.map((screen, index) => <AnsiPart key={parts[index]?.end} screen={screen} />);
}

/** Parts stay the same objects, so each is read once. */
function useScreens(parts: readonly Part[]): Screen[] {
  const known = useRef(new WeakMap<Part, Screen>());
  const screens: Screen[] = [];
  for (const part of parts) {
    const screen = known.current.get(part) ?? readScreen(part.text, screens.at(-1)?.style ?? PLAIN);
    known.current.set(part, screen);
    screens.push(screen);
  }
  return screens;
}

const AnsiPart = memo(function AnsiPart({ screen }: { screen: Screen }) {
  return (
    <pre className="part" dir="auto">
      {screen.lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
        <Fragment key={index}>
          {line.map(pieceOf)}
          {"\n"}
        </Fragment>
      ))}
    </pre>
  );
});

/** Most of what is printed has no style, and needs no element: output can have 100,000 lines. */
function pieceOf({ text, style }: Span, index: number) {
  if (style === PLAIN) return text;
  return (
    <span key={index} {...lookOf(style)}>
      {text}
    </span>
  );
}
