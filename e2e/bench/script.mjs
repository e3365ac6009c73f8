// How much script the page needs before it shows anything.

import { get } from "node:http";

/** The bytes of the scripts that the page itself names, as they are sent with brotli. */
export async function scriptBytes(origin) {
  const html = await (await fetch(origin)).text();
  const named = [...html.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(([, path]) => path);
  const sizes = await Promise.all([...new Set(named)].map((path) => sent(new URL(path, origin))));
  return sizes.reduce((sum, size) => sum + size, 0);
}

function sent(url) {
  return new Promise((resolve, reject) => {
    get(url, { headers: { "accept-encoding": "br" } }, (answer) => {
      let bytes = 0;
      answer.on("data", (part) => {
        bytes += part.length;
      });
      answer.on("end", () => resolve(bytes));
    }).on("error", reject);
  });
}
