import type { Socket } from "../live/connection";

/** Opens the socket of the server this page came from. */
export function openSocket(): Socket {
  const { protocol, host } = window.location;
  const socket = new WebSocket(`${protocol === "https:" ? "wss:" : "ws:"}//${host}/ws`);
  const adapter: Socket = {
    onopen: null,
    onmessage: null,
    onclose: null,
    close: () => socket.close(),
  };
  socket.onopen = () => adapter.onopen?.();
  socket.onmessage = (frame) => adapter.onmessage?.({ data: frame.data });
  // An error is always followed by a close, and says nothing that a page may read.
  socket.onclose = () => adapter.onclose?.();
  return adapter;
}
