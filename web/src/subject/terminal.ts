import type { Event } from "../wire.gen";
import { inputOf, known, textOf } from "./read";

/** A command, and what a terminal showed of it. */
export interface Terminal {
  readonly command?: string;
  readonly printed?: Printed;
  /** What the agent says went wrong, where that is not what the command printed. */
  readonly error?: string;
  readonly background: boolean;
  readonly folder?: string;
}

export interface Printed {
  readonly text: string;
  /** Where in the event the text stands. */
  readonly field: "output" | "error";
}

/** Claude Code puts the exit code before what a failed command printed. */
const EXIT_CODE = /^Exit code \d+(?:\n|$)/;

export function terminalOf(event: Event): Terminal | null {
  const { kind, metadata } = event;
  if (kind !== "terminal.command" && metadata.toolFamily !== "terminal") return null;
  const error = textOf(metadata, "error");
  const printed = printedOf(textOf(metadata, "output"), error);
  return known<Terminal>({
    command: textOf(metadata, "command"),
    printed,
    error: printed?.field === "error" ? undefined : error,
    background: metadata.inBackground === true,
    folder: textOf(inputOf(event), "workdir", "cwd", "directory", "dir_path"),
  });
}

function printedOf(output: string | undefined, error: string | undefined): Printed | undefined {
  if (output !== undefined) return { text: output, field: "output" };
  if (error === undefined || !EXIT_CODE.test(error)) return undefined;
  return { text: error.replace(EXIT_CODE, ""), field: "error" };
}
