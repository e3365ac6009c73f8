import { lastSegment } from "../format/path";
import type { Task } from "../wire.gen";

/** A folder that agents work in, and the project it belongs to, as the server knows it. */
export interface Workspace {
  readonly path: string;
  readonly project: string;
  readonly name: string;
  readonly worktree?: string;
  /** Nothing was found there that says so: it follows from the path alone. */
  readonly guess?: boolean;
  readonly tasks: number;
}

export type Workspaces = ReadonlyMap<string, Workspace>;

type Placed = Pick<Task, "workspacePath">;

/** The project of a task; without one known of its folder, the folder itself. */
export function projectOf({ workspacePath }: Placed, workspaces: Workspaces): string | null {
  if (workspacePath === undefined) return null;
  return workspaces.get(workspacePath)?.project ?? workspacePath;
}

/** Where a task was worked on, in a person's words. */
export interface Home {
  readonly key: string;
  readonly name: string;
  readonly worktree?: string;
}

const NOWHERE: Home = { key: "", name: "No folder" };

export function homeOf({ workspacePath }: Placed, workspaces: Workspaces): Home {
  if (workspacePath === undefined) return NOWHERE;
  const known = workspaces.get(workspacePath);
  if (known === undefined) return { key: workspacePath, name: lastSegment(workspacePath) };
  const { project, name, worktree } = known;
  if (worktree === undefined) return { key: project, name };
  return { key: `${project}\n${worktree}`, name, worktree };
}

/** `app`, or `app · feature` where it is a worktree of it. */
export function homeName(task: Placed, workspaces: Workspaces): string {
  if (task.workspacePath === undefined) return "";
  const { name, worktree } = homeOf(task, workspaces);
  return worktree === undefined ? name : `${name} · ${worktree}`;
}

/** Whether a task is in a folder of which nothing is known. */
export function hasUnknownFolder(tasks: Iterable<Placed>, workspaces: Workspaces): boolean {
  for (const { workspacePath } of tasks) {
    if (workspacePath !== undefined && !workspaces.has(workspacePath)) return true;
  }
  return false;
}

/** The projects by name, for choosing one. */
export function projectsIn(workspaces: Workspaces): { project: string; name: string }[] {
  const names = new Map([...workspaces.values()].map(({ project, name }) => [project, name]));
  return [...names]
    .map(([project, name]) => ({ project, name }))
    .sort((a, b) => a.name.localeCompare(b.name) || a.project.localeCompare(b.project));
}
