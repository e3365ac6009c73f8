/** The port that programs take the server to be on unless they are told. */
const USUAL_PORT = "3847";

/** Puts the hooks into the settings of the agents on this machine, and proves that they report. */
export const ATTACH_COMMANDS = "agent-tracer hooks install\nagent-tracer doctor";

/** Plays the recorded sessions into the server at `port`. */
export function demoCommand(port: string): string {
  return `agent-tracer ${demoArguments(port)}`;
}

/** The same for those who have the source and no installed binary. */
export function demoFromSource(port: string): string {
  return `cargo run --release -- ${demoArguments(port)}`;
}

function demoArguments(port: string): string {
  return port === USUAL_PORT ? "demo" : `demo --port ${port}`;
}
