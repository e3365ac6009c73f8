import { detailsOf } from "../../../event/details";
import { plainLine } from "../../../format/plain";
import type { Terminal } from "../../../subject/terminal";
import { useInspected } from "../inspected";
import { AnsiText } from "../text/AnsiText";
import { Block } from "../text/Block";
import { CopyButton } from "../text/CopyButton";
import { Rest } from "../text/Rest";
import { Scroller } from "../text/Scroller";
import { useParts } from "../text/useParts";
import { WrapToggle } from "../text/WrapToggle";
import { ErrorBlock } from "./ErrorBlock";

/** A command as it was typed, and below it what it printed. */
export function TerminalView({ command, printed, error, background, folder }: Terminal) {
  const { toolStatus } = detailsOf(useInspected().event);
  return (
    <>
      <Block
        name="Terminal"
        tools={
          <>
            {background && <span className="badge">in the background</span>}
            <WrapToggle />
          </>
        }
      >
        <div className="terminal">
          {folder !== undefined && (
            <p className="terminal-folder muted">in {plainLine(folder, 200)}</p>
          )}
          {command !== undefined && <Command command={command} />}
          {printed !== undefined && <Printed {...printed} />}
          {printed === undefined && (
            <p className="terminal-none">
              {toolStatus === "running" ? "Nothing is told until it ends." : "It printed nothing."}
            </p>
          )}
        </div>
      </Block>
      {error !== undefined && <ErrorBlock error={error} />}
    </>
  );
}

function Command({ command }: { command: string }) {
  const { parts, rest, more } = useParts(command);
  return (
    <div className="terminal-part">
      <CopyButton what="command" text={command} field="command" />
      <Scroller label="Command" className="terminal-command">
        <AnsiText parts={parts} />
      </Scroller>
      <Rest text={command} field="command" rest={rest} onMore={more} />
    </div>
  );
}

function Printed({ text, field }: { text: string; field: string }) {
  const { parts, rest, more } = useParts(text.replace(/\s+$/, ""));
  return (
    <div className="terminal-part">
      <CopyButton what="output" text={text} field={field} />
      <Scroller label="Output" className="terminal-output">
        <AnsiText parts={parts} />
      </Scroller>
      <Rest text={text} field={field} rest={rest} onMore={more} />
    </div>
  );
}
