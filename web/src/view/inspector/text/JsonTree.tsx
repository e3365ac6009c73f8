import { useState } from "react";
import { useApp } from "../../../app/context";
import { whole } from "../../../format/number";
import { plain, plainLine } from "../../../format/plain";
import { IconButton } from "../../common/IconButton";

interface Props {
  name: string;
  value: unknown;
  /** Where the value stands, as a program would write it. */
  path?: string;
  depth?: number;
  /** Whether the first level is open at first. */
  opened?: boolean;
}

/** Deeper than this, or wider, a value is shown as one text. */
const DEEPEST = 8;
const WIDEST = 200;
/** A value of the second level that is not wider than this opens with its parent. */
const OPEN_WIDTH = 8;
/** No more of a single text: it has a view of its own elsewhere, and is copied whole. */
const LONGEST = 2_000;

/** JSON that opens level by level; keys and values are the agent's, so they are text only. */
export function JsonTree({ name, value, path = name, depth = 0, opened = false }: Props) {
  const entries = depth < DEEPEST ? entriesOf(value) : null;
  // What is closed is not rendered: metadata can hold thousands of values.
  const [open, setOpen] = useState(
    depth === 0 ? opened : depth === 1 && (entries?.length ?? 0) <= OPEN_WIDTH,
  );
  if (entries === null) return <Leaf name={name} value={value} path={path} />;
  return (
    <div className="json">
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <span className="json-key">{plainLine(name, 120)}</span>
          <span className="json-size">
            {Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`}
          </span>
        </summary>
        <div className="json-body">
          {(open ? entries.slice(0, WIDEST) : []).map(([key, child]) => (
            <JsonTree
              key={key}
              name={key}
              value={child}
              path={pathTo(path, key, Array.isArray(value))}
              depth={depth + 1}
            />
          ))}
          {open && entries.length > WIDEST && (
            <p className="json-leaf muted">{entries.length - WIDEST} more are not shown</p>
          )}
        </div>
      </details>
      <JsonTools value={value} path={path} />
    </div>
  );
}

function Leaf({ name, value, path }: { name: string; value: unknown; path: string }) {
  const text = textOf(value);
  return (
    <div className="json-leaf">
      <span className="json-key">{plainLine(name, 120)}</span>
      <span className={`json-value json-${value === null ? "null" : typeof value}`} dir="auto">
        {plain(text.slice(0, LONGEST))}
        {text.length > LONGEST && <i> … {whole(text.length - LONGEST)} characters more</i>}
      </span>
      <JsonTools value={value} path={path} />
    </div>
  );
}

/** To be seen when the line is pointed at or reached by keys. */
function JsonTools({ value, path }: { value: unknown; path: string }) {
  const { actions } = useApp();
  return (
    <span className="json-tools">
      <IconButton
        icon="copy"
        label={`Copy ${plainLine(path, 80)}`}
        onClick={() => void actions.copy(textOf(value, 2), "value")}
      />
      <IconButton
        icon="path"
        label={`Copy the path ${plainLine(path, 80)}`}
        onClick={() => void actions.copy(path, "path")}
      />
    </span>
  );
}

function textOf(value: unknown, indent?: number): string {
  return typeof value === "string" ? value : (JSON.stringify(value, null, indent) ?? "undefined");
}

function pathTo(path: string, key: string, inList: boolean): string {
  if (inList) return `${path}[${key}]`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

function entriesOf(value: unknown): [string, unknown][] | null {
  if (typeof value !== "object" || value === null) return null;
  return Object.entries(value);
}
