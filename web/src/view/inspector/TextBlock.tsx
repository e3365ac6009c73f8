import { useMemo, useState } from "react";
import { useApp } from "../../app/context";
import { whole } from "../../format/number";
import { plain } from "../../format/plain";
import { IconButton } from "../common/IconButton";

interface Props {
  name: string;
  text: string;
  tone?: "bad";
}

/** More than this would freeze the page while it is laid out. */
const SHOWN_CHARACTERS = 20_000;

/** A long text of the agent, as text and nothing else. */
export function TextBlock({ name, text, tone }: Props) {
  const { actions } = useApp();
  const [full, setFull] = useState(false);
  const shown = useMemo(() => plain(full ? text : text.slice(0, SHOWN_CHARACTERS)), [text, full]);
  const rest = full ? 0 : text.length - SHOWN_CHARACTERS;
  return (
    <section className={tone === undefined ? "block" : `block tone-${tone}`}>
      <div className="block-head">
        <h3>{name}</h3>
        <IconButton
          icon="copy"
          label={`Copy the ${name.toLowerCase()}`}
          onClick={() => void actions.copy(text, name.toLowerCase())}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so keys must reach it */}
      <pre className="block-text" tabIndex={0} dir="auto">
        {shown}
      </pre>
      {rest > 0 && (
        <button type="button" className="text-button" onClick={() => setFull(true)}>
          Show the other {whole(rest)} characters
        </button>
      )}
    </section>
  );
}
