import type { Lane } from "../wire.gen";

export interface LaneInfo {
  readonly id: Lane;
  readonly label: string;
  /** One letter for the head of its track. */
  readonly letter: string;
  readonly holds: string;
}

/** The lanes in the order of their tracks. */
export const LANES: readonly LaneInfo[] = [
  { id: "user", label: "User", letter: "U", holds: "prompts and the agent's answers" },
  { id: "exploration", label: "Exploration", letter: "E", holds: "reading and searching" },
  { id: "planning", label: "Planning", letter: "P", holds: "plans and thoughts" },
  { id: "implementation", label: "Implementation", letter: "I", holds: "edits and commands" },
  { id: "questions", label: "Questions", letter: "Q", holds: "questions to a person" },
  { id: "todos", label: "To-dos", letter: "T", holds: "to-do items" },
  { id: "background", label: "Background", letter: "B", holds: "asynchronous work" },
  { id: "coordination", label: "Coordination", letter: "C", holds: "subagents, skills and MCP" },
];

/** A lane this page does not know is shown by its own name, outside the tracks. */
export function laneLabel(lane: string): string {
  return LANES.find(({ id }) => id === lane)?.label ?? lane;
}

export function laneIndex(lane: string): number {
  return LANES.findIndex(({ id }) => id === lane);
}
