import { detailsOf } from "../../../event/details";
import { languageOf } from "../../../highlight/languages";
import type { Change, Written } from "../../../subject/change";
import { DiffCount, DiffView } from "../diff/DiffView";
import { useInspected } from "../inspected";
import { Block } from "../text/Block";
import { CodeBlock } from "../text/CodeBlock";
import { CopyButton } from "../text/CopyButton";
import { PathName } from "../text/PathName";
import { Rest } from "../text/Rest";
import { TextBlock } from "../text/TextBlock";
import { WrapToggle } from "../text/WrapToggle";
import { ErrorBlock } from "./ErrorBlock";

/** What a call changed in files, or wanted to. */
export function ChangeView({ files, told, written, patch }: Change) {
  const { error } = detailsOf(useInspected().event);
  return (
    <>
      {error !== undefined && <ErrorBlock error={error} />}
      {files.length > 0 && <Changes files={files} told={told} />}
      {files.length === 0 && written !== undefined && <WrittenFile {...written} />}
      {files.length === 0 && written === undefined && patch !== undefined && (
        <TextBlock name="Patch as asked for" text={patch} field="toolInput.command" />
      )}
    </>
  );
}

function Changes({ files, told }: Pick<Change, "files" | "told">) {
  const { diff = "" } = detailsOf(useInspected().event);
  const sum = (side: "added" | "removed") => files.reduce((all, file) => all + file[side], 0);
  return (
    <Block
      name={told ? "Changes" : <AskedFor />}
      tools={
        <>
          {files.length > 1 && <DiffCount added={sum("added")} removed={sum("removed")} />}
          <WrapToggle />
          {told && <CopyButton what="diff" text={diff} field="diff" />}
        </>
      }
    >
      <DiffView files={files} />
      {told && <Rest text={diff} field="diff" rest={null} onMore={() => undefined} />}
    </Block>
  );
}

/** What happened to it is not told by what was asked. */
function AskedFor() {
  const { toolStatus } = detailsOf(useInspected().event);
  const done = toolStatus === "completed";
  return (
    <span
      title={
        done
          ? "The agent does not say what changed; this is what the call asked for."
          : "This is what the call asked for."
      }
    >
      {done ? "Change as asked for" : "Change as asked for, not told to be made"}
    </span>
  );
}

function WrittenFile({ path, text, field }: Written) {
  const { toolStatus } = detailsOf(useInspected().event);
  return (
    <CodeBlock
      name={
        <>
          <PathName path={path} />{" "}
          <span className="muted">{toolStatus === "completed" ? "written" : "to be written"}</span>
        </>
      }
      what="file"
      text={text}
      field={field}
      language={languageOf(path)}
      first={1}
    />
  );
}
