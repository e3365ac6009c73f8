import { lastSegment } from "../format/path";
import type { Workspaces } from "../store/workspace";

/** The key of what was done in no folder. */
export const homeless = "";

/** A project as people call it; two of one name are told apart by their paths in the title. */
export function projectName(key: string, workspaces: Workspaces): string {
  if (key === homeless) return "No folder";
  for (const { project, name } of workspaces.values()) if (project === key) return name;
  return lastSegment(key);
}
