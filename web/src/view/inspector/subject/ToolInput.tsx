import { plainLine } from "../../../format/plain";
import { Block } from "../text/Block";
import { CopyButton } from "../text/CopyButton";
import { JsonTree } from "../text/JsonTree";
import { TextBlock } from "../text/TextBlock";

interface Props {
  input: unknown;
  name: string;
  /** A value that is shown elsewhere already. */
  but?: unknown;
}

/** What a tool was called with: short values as a table, lists as trees, long texts by themselves. */
export function ToolInput({ input, name, but }: Props) {
  if (typeof input !== "object" || input === null) return null;
  const entries = Object.entries(input).filter(([, value]) => value !== but);
  const long = entries.filter(([, value]) => isLong(value));
  const short = entries.filter(([, value]) => !isLong(value));
  return (
    <>
      {short.length > 0 && (
        <Block
          name={name}
          tools={<CopyButton what={name.toLowerCase()} text={JSON.stringify(input, null, 2)} />}
        >
          <div className="arguments">
            {short.map(([key, value]) => (
              <Argument key={key} name={key} value={value} />
            ))}
          </div>
        </Block>
      )}
      {long.map(([key, value]) => (
        <TextBlock
          key={key}
          name={plainLine(key, 60)}
          text={String(value)}
          field={`toolInput.${key}`}
        />
      ))}
    </>
  );
}

function Argument({ name, value }: { name: string; value: unknown }) {
  if (typeof value === "object" && value !== null) {
    return <JsonTree name={name} value={value} depth={1} />;
  }
  return (
    <div className="argument">
      <span className="argument-name">{plainLine(name, 60)}</span>
      <span className={`code json-${typeof value}`} dir="auto">
        {plainLine(typeof value === "string" ? value : JSON.stringify(value))}
      </span>
    </div>
  );
}

function isLong(value: unknown): boolean {
  return typeof value === "string" && (value.length > 120 || value.includes("\n"));
}
