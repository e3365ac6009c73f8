import { detailsOf } from "../../../event/details";
import { useInspected } from "../inspected";
import { Block } from "../text/Block";
import { PathName } from "../text/PathName";
import { TextBlock } from "../text/TextBlock";
import { ErrorBlock } from "./ErrorBlock";
import { ToolInput } from "./ToolInput";
import { ToolOutput } from "./ToolOutput";

/** An event that nobody here knows: what it says, in the order in which one would ask. */
export function OtherView() {
  const { event } = useInspected();
  const { command, toolInput, output, error, filePaths } = detailsOf(event);
  const { body } = event;
  const isRepeated = body === output || body === command || filePaths.includes(body ?? "");
  return (
    <>
      {filePaths.length > 0 && toolInput === undefined && (
        <Block name="Files">
          <ul className="files">
            {[...new Set(filePaths)].map((path) => (
              <li key={path}>
                <PathName path={path} />
              </li>
            ))}
          </ul>
        </Block>
      )}
      {command !== undefined && <TextBlock name="Command" text={command} field="command" />}
      {body !== undefined && !isRepeated && <TextBlock name="Text" text={body} field="body" />}
      <ToolInput input={toolInput} name="Input" but={command} />
      {error !== undefined && <ErrorBlock error={error} />}
      {output !== undefined && <ToolOutput output={output} name="Output" />}
    </>
  );
}
