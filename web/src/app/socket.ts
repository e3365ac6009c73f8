import type { Socket } from "../live/connection";

/** Opens the socket of the server this page came from; `query` may be empty. */
export function openSocket(query: string): Socket {
  const { protocol, host } = window.location;
  const place = `${protocol === "https:" ? "wss:" : "ws:"}//${host}/ws`;
  const socket = new WebSocket(query === "" ? place : `${place}?${query}`);
  const adapter: Socket = {
    onopen: null,
    onmessage: null,
    onclose: null,
    send: (text) => socket.send(text),
    close: () => socket.close(),
  };
  socket.onopen = () => adapter.onopen?.();
  socket.onmessage = (frame) => adapter.onmessage?.({ data: frame.data });
  // An error is always followed by a close, and says nothing that a page may read.
  socket.onclose = () => adapter.onclose?.();
  return adapter;
}
