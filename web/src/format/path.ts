/** The last segment of a path. */
export function lastSegment(path: string): string {
  return path.split("/").filter(Boolean).at(-1) ?? path;
}

/** A path inside the workspace, without the workspace. */
export function insideOf(path: string, workspace: string | undefined): string {
  if (workspace === undefined || workspace === "" || !path.startsWith(`${workspace}/`)) return path;
  return path.slice(workspace.length + 1);
}
