import { useState } from "react";
import { isBeginning } from "../../../event/texts";
import { FIRST } from "../../../text/parts";
import { useInspected } from "../inspected";
import { Block } from "./Block";
import { CopyButton } from "./CopyButton";
import { Markdown } from "./Markdown";
import { Rest } from "./Rest";
import { TextBlock } from "./TextBlock";

interface Props {
  name: string;
  text: string;
  field: string;
}

/** Words of a person or of the agent, with their marks drawn or as they were written. */
export function MessageBlock({ name, text, field }: Props) {
  const { event } = useInspected();
  const [raw, setRaw] = useState(false);
  const isLong = text.length > FIRST.characters || isBeginning(event, text);
  const toggle = (
    <button
      type="button"
      className="chip"
      aria-pressed={raw}
      title="As it was written, without drawing its marks"
      onClick={() => setRaw(!raw)}
    >
      Raw
    </button>
  );
  if (raw || isLong) {
    return <TextBlock name={name} text={text} field={field} tools={isLong ? null : toggle} />;
  }
  return (
    <Block
      name={name}
      tools={
        <>
          {toggle}
          <CopyButton what={name.toLowerCase()} text={text} field={field} />
        </>
      }
    >
      <Markdown text={text} />
      <Rest text={text} field={field} rest={null} onMore={() => undefined} />
    </Block>
  );
}
