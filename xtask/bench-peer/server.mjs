// The reference's broadcaster: each message is encoded for each client and sent on its own.

import { createServer } from "node:http";
import { WebSocketServer } from "ws";

const http = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    for (const message of JSON.parse(Buffer.concat(chunks).toString())) broadcast(message);
    response.setHeader("content-type", "application/json");
    response.end('{"ok":true}');
  });
});
// A bench may pause for longer than the default of five seconds between two posts.
http.keepAliveTimeout = 60_000;

const server = new WebSocketServer({ server: http, path: "/ws" });

server.on("connection", (client) => {
  client.send(JSON.stringify({ type: "snapshot", payload: { stats: {}, tasks: [] } }));
});

function broadcast(message) {
  for (const client of server.clients) client.send(JSON.stringify(message));
}

http.listen(0, "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${http.address().port}`);
});
