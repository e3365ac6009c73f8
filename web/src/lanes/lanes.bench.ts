import { bench, describe } from "vitest";
import { LANES } from "../event/lanes";
import { anEvent } from "../testing/samples";
import { densityOf } from "./density";
import { drawnOf } from "./drawn";
import { itemsOf } from "./items";
import { connectorsOf } from "./relations";

// What the lanes work out of a full timeline, drawing apart: `npx vitest bench --run src/lanes`.

const LENGTH_MS = 900;

function manyEvents(count: number) {
  return Array.from({ length: count }, (_, at) =>
    anEvent({
      id: `e${at}`,
      lane: LANES[at % LANES.length]?.id ?? "user",
      createdAt: new Date(at * LENGTH_MS).toISOString(),
      metadata: { toolStatus: "completed", durationMs: (at * 31) % 4_000 },
    }),
  );
}

for (const count of [6_000, 20_000]) {
  describe(`${count} events`, () => {
    const events = manyEvents(count);
    const items = itemsOf(events);
    const span = { from: 0, to: count * LENGTH_MS };
    let more = 0;
    bench("lay out after one was added", () => {
      more += 1;
      itemsOf([...events, anEvent({ id: `more${more}` })]);
    });
    bench("choose what to draw", () => {
      drawnOf(items, { span, width: 1_200, now: span.to }, ({ failed }) => failed);
    });
    bench("count for the bar", () => {
      densityOf(events, span, 400);
    });
    bench("find what one is connected with", () => {
      connectorsOf(items, [], "e3000");
    });
  });
}
