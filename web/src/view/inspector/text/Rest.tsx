import { useState } from "react";
import { textAddress } from "../../../api/api";
import { messageOf } from "../../../api/errors";
import { notify } from "../../../app/notices";
import { isBeginning } from "../../../event/texts";
import { useInspected } from "../inspected";

interface Props {
  text: string;
  /** Where the text stands in the event. */
  field: string;
  /** How much of what is here is not shown, in words. */
  rest: string | null;
  onMore: () => void;
}

/** The foot of a text that goes on: more of it here, or all of it elsewhere. */
export function Rest({ text, field, rest, onMore }: Props) {
  const { event, reading } = useInspected();
  const isPart = isBeginning(event, text);
  if (rest === null && !isPart) return null;
  if (rest === null && reading) return <p className="rest muted">Reading the rest…</p>;
  return (
    <div className="rest">
      {rest !== null ? (
        <button type="button" className="button" onClick={onMore}>
          Show more
          <span className="muted">
            {rest}
            {isPart && "+"} left
          </span>
        </button>
      ) : (
        <ReadAll />
      )}
      <a className="text-button" href={textAddress(event.id, field)} download>
        Open all as text
      </a>
    </div>
  );
}

function ReadAll() {
  const { readAll } = useInspected();
  const [busy, setBusy] = useState(false);
  const read = async () => {
    setBusy(true);
    await readAll().catch((error) => notify(`Could not read it all: ${messageOf(error)}`, "bad"));
    setBusy(false);
  };
  return (
    <button type="button" className="button" disabled={busy} onClick={() => void read()}>
      {busy ? "Reading…" : "Read all of it here"}
    </button>
  );
}
