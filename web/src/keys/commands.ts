/** Where a command stands in the sheet of keys. */
export type CommandGroup = "Go" | "Tasks" | "Timeline" | "This task" | "Page";

interface CommandInfo {
  readonly title: string;
  readonly group: CommandGroup;
  /** As they are pressed: one key, or two after each other. The first is the one that is told. */
  readonly keys?: readonly string[];
}

/** Everything that a person can ask for by a key or in the palette. */
export const COMMANDS = {
  "next-event": { title: "Next row", group: "Timeline", keys: ["j", "ArrowDown"] },
  "previous-event": { title: "Previous row", group: "Timeline", keys: ["k", "ArrowUp"] },
  "next-prompt": { title: "Next prompt", group: "Timeline", keys: ["J"] },
  "previous-prompt": { title: "Previous prompt", group: "Timeline", keys: ["K"] },
  open: { title: "Open the row", group: "Timeline", keys: ["ArrowRight"] },
  shut: { title: "Close the row, or go to what holds it", group: "Timeline", keys: ["ArrowLeft"] },
  toggle: { title: "Open or close the row", group: "Timeline", keys: ["Enter"] },
  latest: { title: "Jump to the latest", group: "Timeline", keys: ["G", "End"] },
  view: { title: "Switch between list and lanes", group: "Timeline", keys: ["v"] },
  find: { title: "Find in this timeline", group: "Timeline", keys: ["Mod+f"] },
  "next-task": { title: "Next task", group: "Tasks", keys: ["]"] },
  "previous-task": { title: "Previous task", group: "Tasks", keys: ["["] },
  search: { title: "Filter the tasks", group: "Tasks", keys: ["/"] },
  "task-pane": { title: "Show or hide the list of tasks", group: "Tasks", keys: ["b"] },
  clean: { title: "Clean up finished tasks…", group: "Tasks" },
  bookmark: { title: "Bookmark the event, or the task", group: "This task", keys: ["s"] },
  facts: { title: "Facts of the task", group: "This task", keys: ["i"] },
  rename: { title: "Rename the event, or the task", group: "This task", keys: ["r"] },
  export: { title: "Export the task as JSON", group: "This task", keys: ["e"] },
  "copy-link": { title: "Copy a link to this", group: "This task", keys: ["y"] },
  "set-running": { title: "Set status: running", group: "This task" },
  "set-waiting": { title: "Set status: waiting", group: "This task" },
  "set-completed": { title: "Set status: completed", group: "This task" },
  "set-errored": { title: "Set status: errored", group: "This task" },
  delete: { title: "Delete the task", group: "This task" },
  overview: { title: "Go to the overview", group: "Go", keys: ["g o"] },
  board: { title: "Go to the board", group: "Go", keys: ["g k"] },
  bookmarks: { title: "Go to the bookmarks", group: "Go", keys: ["g b"] },
  attach: { title: "Attach an agent", group: "Go", keys: ["g a"] },
  diagnostics: { title: "Diagnostics", group: "Go", keys: ["g d"] },
  palette: { title: "All commands", group: "Page", keys: ["Mod+k"] },
  close: { title: "Close", group: "Page", keys: ["Escape"] },
  help: { title: "Keys and lanes", group: "Page", keys: ["?"] },
} as const satisfies Readonly<Record<string, CommandInfo>>;

export type Command = keyof typeof COMMANDS;

export const GROUPS: readonly CommandGroup[] = ["Go", "Tasks", "Timeline", "This task", "Page"];

export function infoOf(command: Command): CommandInfo {
  return COMMANDS[command];
}

export const ALL = Object.keys(COMMANDS) as readonly Command[];

const SIGNS: Readonly<Record<string, string>> = {
  ArrowDown: "↓",
  ArrowUp: "↑",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
};

/** Keys as they are printed: `["g", "o"]`, `["⌘", "K"]`. */
export function keySigns(keys: string, apple: boolean): string[] {
  if (keys.startsWith("Mod+")) return [apple ? "⌘" : "Ctrl", keys.slice(4).toUpperCase()];
  return keys.split(" ").map((key) => SIGNS[key] ?? key);
}

export function isApple(platform: string): boolean {
  return /mac|iphone|ipad/i.test(platform);
}
