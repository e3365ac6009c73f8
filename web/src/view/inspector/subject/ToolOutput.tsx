import { useMemo } from "react";
import { Block } from "../text/Block";
import { CopyButton } from "../text/CopyButton";
import { JsonTree } from "../text/JsonTree";
import { TextBlock } from "../text/TextBlock";

/** Longer than this, a text is not tried as JSON. */
const LONGEST = 64 * 1024;

/** What a tool gave back: as a tree where it is JSON, else as text. */
export function ToolOutput({ output, name }: { output: string; name: string }) {
  const value = useMemo(() => jsonOf(output), [output]);
  if (value === null) return <TextBlock name={name} text={output} field="output" />;
  return (
    <Block
      name={name}
      tools={<CopyButton what={name.toLowerCase()} text={output} field="output" />}
    >
      <JsonTree name="result" value={value} opened />
    </Block>
  );
}

function jsonOf(text: string): object | null {
  if (text.length > LONGEST || !/^\s*[[{]/.test(text)) return null;
  try {
    return JSON.parse(text) as object;
  } catch {
    return null;
  }
}
