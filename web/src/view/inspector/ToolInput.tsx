import { plainLine } from "../../format/plain";
import { TextBlock } from "./TextBlock";

interface Props {
  input: unknown;
  /** The command, which is shown elsewhere already. */
  command: string | undefined;
}

/** What a tool was called with: short values as a table, long texts in blocks of their own. */
export function ToolInput({ input, command }: Props) {
  if (typeof input !== "object" || input === null) return null;
  const entries = Object.entries(input).filter(
    ([key, value]) => key !== "command" || value !== command,
  );
  const long = entries.filter(([, value]) => isLong(value));
  const short = entries.filter(([, value]) => !isLong(value));
  return (
    <>
      {short.length > 0 && (
        <section className="block">
          <div className="block-head">
            <h3>Input</h3>
          </div>
          <dl className="table">
            {short.map(([key, value]) => (
              <div key={key}>
                <dt>{plainLine(key, 60)}</dt>
                <dd className="code" dir="auto">
                  {plainLine(textOf(value))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {long.map(([key, value]) => (
        <TextBlock key={key} name={plainLine(key, 60)} text={textOf(value)} />
      ))}
    </>
  );
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value, null, 2) ?? "");
}

function isLong(value: unknown): boolean {
  const text = textOf(value);
  return text.length > 120 || text.includes("\n");
}
