import { detailsOf } from "../../../event/details";
import { whole } from "../../../format/number";
import { plain } from "../../../format/plain";
import { languageOf } from "../../../highlight/languages";
import type { Reading } from "../../../subject/reading";
import { lineCount } from "../../../text/parts";
import { useInspected } from "../inspected";
import { CodeBlock } from "../text/CodeBlock";
import { PathName } from "../text/PathName";
import { ErrorBlock } from "./ErrorBlock";

/** A file as the agent saw it, with the numbers that its lines have there. */
export function ReadingView({ path, text, first, remark, total }: Reading) {
  const { error } = detailsOf(useInspected().event);
  return (
    <>
      {error !== undefined && <ErrorBlock error={error} />}
      {text !== undefined && (
        <CodeBlock
          name={<PathName path={path} />}
          what="file"
          text={text}
          field="output"
          language={languageOf(path)}
          first={first}
          tools={<span className="muted tabular">{lines(text, first, total)}</span>}
        />
      )}
      {remark !== undefined && <p className="remark">{plain(remark)}</p>}
    </>
  );
}

function lines(text: string, first: number, total: number | undefined): string {
  const last = first + lineCount(text.replace(/\n$/, "")) - 1;
  const part = `lines ${whole(first)}–${whole(last)}`;
  return total === undefined || (first === 1 && last >= total - 1)
    ? part
    : `${part} of ${whole(total)}`;
}
