import { memo, type ReactNode } from "react";
import { plain } from "../../../format/plain";
import { Block } from "./Block";
import { CopyButton } from "./CopyButton";
import { Rest } from "./Rest";
import { Scroller } from "./Scroller";
import { useParts } from "./useParts";
import { WrapToggle } from "./WrapToggle";

interface Props {
  name: string;
  text: string;
  /** Where the text stands in the event. */
  field: string;
  tone?: "bad";
  tools?: ReactNode;
}

/** A long text of the agent, as text and nothing else. */
export function TextBlock({ name, text, field, tone, tools }: Props) {
  const { parts, rest, more } = useParts(text);
  const what = name.toLowerCase();
  return (
    <Block
      name={name}
      {...(tone === undefined ? {} : { tone })}
      tools={
        <>
          {tools}
          <WrapToggle />
          <CopyButton what={what} text={text} field={field} />
        </>
      }
    >
      <Scroller label={name}>
        {parts.map((part) => (
          <PlainPart key={part.end} text={part.text} />
        ))}
      </Scroller>
      <Rest text={text} field={field} rest={rest} onMore={more} />
    </Block>
  );
}

const PlainPart = memo(function PlainPart({ text }: { text: string }) {
  return (
    <pre className="part" dir="auto">
      {plain(text)}
    </pre>
  );
});
