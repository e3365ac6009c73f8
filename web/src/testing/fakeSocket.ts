import { vi } from "vitest";
import type { Socket } from "../live/connection";
import type { FollowCommand, FollowFrame, Message } from "../wire.gen";

/** A socket whose other end is the test. */
export class FakeSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((frame: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly query: string;
  readonly commands: FollowCommand[] = [];
  close = vi.fn();

  constructor(query = "") {
    this.query = query;
  }

  send(text: string): void {
    this.commands.push(JSON.parse(text));
  }

  hear(frame: FollowFrame | Message): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}
