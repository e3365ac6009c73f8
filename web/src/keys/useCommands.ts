import { createContext, useContext, useEffect, useRef } from "react";
import { isModified, isOwnKey, isTyping, KeyReader } from "./command";
import { ALL, type Command } from "./commands";

type Handlers = Partial<Record<Command, () => void>>;
type HandlerRef = { readonly current: Handlers };

/** Who answers to which command: of several, the one that came last. */
export class CommandBus {
  readonly #handlers: HandlerRef[] = [];

  add(handlers: HandlerRef): () => void {
    this.#handlers.push(handlers);
    return () => this.#handlers.splice(this.#handlers.indexOf(handlers), 1);
  }

  readonly send = (command: Command): boolean => {
    const run = this.#find(command);
    run?.();
    return run !== undefined;
  };

  /** Those that somebody answers to. */
  readonly available = (): readonly Command[] => ALL.filter((command) => this.#find(command));

  #find(command: Command): (() => void) | undefined {
    return this.#handlers.findLast((ref) => ref.current[command])?.current[command];
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
      if (event.defaultPrevented || dialogIsOpen()) return;
      if (!isModified(event) && isTyping(event.target)) return;
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
