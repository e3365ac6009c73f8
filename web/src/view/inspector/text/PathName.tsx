import { createContext, useContext } from "react";
import { insideOf } from "../../../format/path";
import { plain, plainLine } from "../../../format/plain";

/** The folder of the task: paths inside of it are shown without it. */
export const WorkspaceContext = createContext<string | undefined>(undefined);

/** A path with its last part told apart; long ones keep their end, which says most. */
export function PathName({ path }: { path: string }) {
  const workspace = useContext(WorkspaceContext);
  const shown = path === workspace ? path : plainLine(insideOf(path, workspace), 300);
  const at = shown.lastIndexOf("/") + 1;
  return (
    <span className="path-name" title={plain(path)}>
      {at > 0 && (
        <span className="path-folder">
          <bdi>{shown.slice(0, at)}</bdi>
        </span>
      )}
      <b>{shown.slice(at)}</b>
    </span>
  );
}
