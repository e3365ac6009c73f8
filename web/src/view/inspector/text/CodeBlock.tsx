import type { ReactNode } from "react";
import type { Language } from "../../../highlight/languages";
import { Block } from "./Block";
import { CodeText } from "./CodeText";
import { CopyButton } from "./CopyButton";
import { Rest } from "./Rest";
import { Scroller } from "./Scroller";
import { useParts } from "./useParts";
import { WrapToggle } from "./WrapToggle";

interface Props {
  name: ReactNode;
  /** What it is, for the button that copies it. */
  what: string;
  text: string;
  field: string;
  language: Language | null;
  first?: number;
  tools?: ReactNode;
}

/** A file, or a part of one. */
export function CodeBlock({ name, what, text, field, language, first, tools }: Props) {
  // The line break that ends a file is no line of its own.
  const body = text.replace(/\n$/, "");
  const { parts, rest, more } = useParts(body);
  return (
    <Block
      name={name}
      tools={
        <>
          {tools}
          <WrapToggle />
          <CopyButton what={what} text={text} field={field} />
        </>
      }
    >
      <Scroller label={what}>
        <CodeText
          text={body}
          parts={parts}
          language={language}
          {...(first === undefined ? {} : { first })}
        />
      </Scroller>
      <Rest text={text} field={field} rest={rest} onMore={more} />
    </Block>
  );
}
