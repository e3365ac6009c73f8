import { useMemo, useState } from "react";
import { detailsOf } from "../../../event/details";
import { counted } from "../../../format/number";
import { plainLine, visible } from "../../../format/plain";
import type { FoundFile, Hit } from "../../../subject/found";
import type { Search } from "../../../subject/search";
import { splitByWords } from "../../../text/words";
import { useInspected } from "../inspected";
import { Block } from "../text/Block";
import { CopyButton } from "../text/CopyButton";
import { PathName } from "../text/PathName";
import { Rest } from "../text/Rest";
import { ErrorBlock } from "./ErrorBlock";

const FIRST_FILES = 100;
const FIRST_HITS = 50;

/** What a search found, by file, with the words that were looked for marked. */
export function SearchView(search: Search) {
  const { output = "", error } = detailsOf(useInspected().event);
  const { files, remarks } = search.found;
  const [shown, setShown] = useState(FIRST_FILES);
  return (
    <>
      {error !== undefined && <ErrorBlock error={error} />}
      <Block
        name="Found"
        tools={
          <>
            <span className="muted tabular">{summary(search)}</span>
            <CopyButton what="result" text={output} field="output" />
          </>
        }
      >
        <Looked {...search} />
        {files.slice(0, shown).map((file) => (
          <FileHits key={file.path} file={file} words={search.words} anyCase={search.anyCase} />
        ))}
        {files.length > shown && (
          <button type="button" className="button" onClick={() => setShown(shown * 4)}>
            Show more <span className="muted">{counted(files.length - shown, "file")} left</span>
          </button>
        )}
        {remarks.map((remark) => (
          <p key={remark} className="remark">
            {plainLine(remark)}
          </p>
        ))}
        <Rest text={output} field="output" rest={null} onMore={() => undefined} />
      </Block>
    </>
  );
}

function Looked({ pattern, folder, only }: Search) {
  return (
    <p className="looked">
      {pattern !== undefined && <code>{plainLine(pattern, 300)}</code>}
      {folder !== undefined && (
        <>
          {" "}
          in <PathName path={folder} />
        </>
      )}
      {only !== undefined && <span className="muted"> only {plainLine(only, 100)}</span>}
    </p>
  );
}

function summary({ found: { files } }: Search): string {
  const count = files.reduce((sum, file) => sum + hitCount(file), 0);
  const inFiles = counted(files.length, "file");
  return count === 0 ? inFiles : `${counted(count, "line")} in ${inFiles}`;
}

const hitCount = ({ hits, count }: FoundFile) =>
  count ?? hits.filter(({ around }) => !around).length;

interface FileProps {
  file: FoundFile;
  words: readonly string[];
  anyCase: boolean;
}

function FileHits({ file, words, anyCase }: FileProps) {
  const [all, setAll] = useState(false);
  const hits = all ? file.hits : file.hits.slice(0, FIRST_HITS);
  const digits = Math.max(0, ...hits.map(({ line }) => String(line ?? "").length));
  return (
    <div className="found-file">
      <p className="found-head">
        <PathName path={file.path} />
        {hitCount(file) > 0 && <span className="muted tabular">{hitCount(file)}</span>}
      </p>
      {hits.length > 0 && (
        <div className="found-lines" style={{ "--digits": `${digits}ch` } as React.CSSProperties}>
          {hits.map((hit, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
            <HitLine key={index} hit={hit} words={words} anyCase={anyCase} />
          ))}
        </div>
      )}
      {file.hits.length > hits.length && (
        <button type="button" className="text-button" onClick={() => setAll(true)}>
          {counted(file.hits.length - hits.length, "line")} more
        </button>
      )}
    </div>
  );
}

function HitLine({ hit, words, anyCase }: { hit: Hit } & Omit<FileProps, "file">) {
  const pieces = useMemo(() => splitByWords(hit.text, words, anyCase), [hit, words, anyCase]);
  return (
    <p className="code-line" data-no={hit.line ?? ""} data-around={hit.around}>
      {pieces.map(({ text, marked }, index) =>
        marked && !hit.around ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces never move
          <mark key={index}>{visible(text)}</mark>
        ) : (
          visible(text)
        ),
      )}
    </p>
  );
}
