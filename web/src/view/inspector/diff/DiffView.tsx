import type { DiffFile } from "../../../diff/parse";
import { plainLine } from "../../../format/plain";
import { CopyButton } from "../text/CopyButton";
import { PathName } from "../text/PathName";
import { Scroller } from "../text/Scroller";
import { DiffHunks } from "./DiffHunks";

/** What changed in each file. */
export function DiffView({ files }: { files: readonly DiffFile[] }) {
  return (
    <div className="diff-files">
      {files.map((file, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: files never move
        <FileView key={index} file={file} />
      ))}
    </div>
  );
}

function FileView({ file }: { file: DiffFile }) {
  const path = file.after ?? file.before ?? "";
  const isMoved = file.before !== null && file.after !== null && file.before !== file.after;
  return (
    <div className="diff-file">
      <div className="diff-head">
        <PathName path={path} />
        {wordOf(file) !== null && <span className="muted">{wordOf(file)}</span>}
        {isMoved && <span className="muted">from {plainLine(file.before ?? "", 200)}</span>}
        <span className="spacer" />
        <DiffCount added={file.added} removed={file.removed} />
        <CopyButton what="path" text={path} />
      </div>
      {file.hunks.length > 0 && (
        <Scroller label={`Changes of ${plainLine(path, 120)}`} className="diff">
          <DiffHunks hunks={file.hunks} />
        </Scroller>
      )}
    </div>
  );
}

function wordOf({ before, after }: DiffFile): string | null {
  if (before === null) return "new";
  return after === null ? "deleted" : null;
}

export function DiffCount({ added, removed }: { added: number; removed: number }) {
  return (
    <span className="diff-count tabular">
      <span className="visually-hidden">
        {added} lines added, {removed} removed
      </span>
      {added > 0 && (
        <span aria-hidden="true" className="tone-good">
          +{added}
        </span>
      )}
      {removed > 0 && (
        <span aria-hidden="true" className="tone-bad">
          −{removed}
        </span>
      )}
    </span>
  );
}
