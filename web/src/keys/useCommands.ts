import { createContext, useContext, useEffect, useRef } from "react";
import { type Command, isOwnKey, isTyping, KeyReader } from "./command";

type Handlers = Partial<Record<Command, () => void>>;
type HandlerRef = { readonly current: Handlers };

/** Who answers to which command: of several, the one that came last. */
export class CommandBus {
  readonly #handlers: HandlerRef[] = [];

  add(handlers: HandlerRef): () => void {
    this.#handlers.push(handlers);
    return () => this.#handlers.splice(this.#handlers.indexOf(handlers), 1);
  }

  send(command: Command): boolean {
    const run = this.#handlers.findLast((ref) => ref.current[command])?.current[command];
    run?.();
    return run !== undefined;
  }
}

export const CommandContext = createContext(new CommandBus());

/** Answers to commands while the component is there. */
export function useCommands(handlers: Handlers): void {
  const bus = useContext(CommandContext);
  const ref = useRef(handlers);
  useEffect(() => {
    ref.current = handlers;
  });
  useEffect(() => {
    const remove = bus.add(ref);
    return () => void remove();
  }, [bus]);
}

/** Turns the keys of the whole page into commands. */
export function useKeyboard(bus: CommandBus): void {
  useEffect(() => {
    const reader = new KeyReader();
    const onKey = (event: KeyboardEvent) => {
      // An open dialog has the keys to itself.
      if (event.defaultPrevented || isTyping(event.target) || dialogIsOpen()) return;
      if (isOwnKey(event)) return;
      const command = reader.read(event, event.timeStamp);
      if (command !== null && bus.send(command)) event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [bus]);
}

function dialogIsOpen(): boolean {
  return document.querySelector("dialog[open]") !== null;
}
