import { useState } from "react";
import { plain, plainLine } from "../../format/plain";

interface Props {
  name: string;
  value: unknown;
  depth?: number;
}

/** Deeper than this, or wider, a value is shown as one text. */
const DEEPEST = 8;
const WIDEST = 200;
/** A value of the second level that is not wider than this opens with its parent. */
const OPEN_WIDTH = 8;

/** JSON that opens level by level; keys and values are the agent's, so they are text only. */
export function JsonTree({ name, value, depth = 0 }: Props) {
  const entries = depth < DEEPEST ? entriesOf(value) : null;
  // What is closed is not rendered: metadata can hold thousands of values.
  const [open, setOpen] = useState(depth === 1 && (entries?.length ?? 0) <= OPEN_WIDTH);
  if (entries === null) return <Leaf name={name} value={value} />;
  return (
    <details className="json" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className="json-key">{plainLine(name, 120)}</span>
        <span className="json-size">
          {Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`}
        </span>
      </summary>
      <div className="json-body">
        {(open ? entries.slice(0, WIDEST) : []).map(([key, child]) => (
          <JsonTree key={key} name={key} value={child} depth={depth + 1} />
        ))}
        {open && entries.length > WIDEST && (
          <Leaf name="…" value={`${entries.length - WIDEST} more are not shown`} />
        )}
      </div>
    </details>
  );
}

function Leaf({ name, value }: { name: string; value: unknown }) {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return (
    <div className="json-leaf">
      <span className="json-key">{plainLine(name, 120)}</span>
      <span className={`json-value json-${typeof value}`} dir="auto">
        {plain((text ?? "undefined").slice(0, 10_000))}
      </span>
    </div>
  );
}

function entriesOf(value: unknown): [string, unknown][] | null {
  if (typeof value !== "object" || value === null) return null;
  return Object.entries(value);
}
