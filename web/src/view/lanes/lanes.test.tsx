import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { Span } from "../../lanes/scale";
import { anEvent } from "../../testing/samples";
import { LanesView } from "./LanesView";
import { TimeBar } from "./TimeBar";
import { useLaneSpan } from "./useLaneSpan";

afterEach(cleanup);

const BEGIN = Date.parse("2026-11-23T12:00:00.000Z");
const WHOLE: Span = { from: BEGIN, to: BEGIN + 10_000 };
const iso = (ms: number) => new Date(BEGIN + ms).toISOString();

const EVENTS = [
  anEvent({ id: "ask", lane: "user", kind: "user.message", title: "Go", createdAt: iso(0) }),
  anEvent({
    id: "read",
    createdAt: iso(1_000),
    metadata: { toolStatus: "failed", durationMs: 1_500 },
  }),
];

function Shown({
  onSelect,
  unknownUntil = null,
}: {
  onSelect: () => void;
  unknownUntil?: number | null;
}) {
  return (
    <LanesView
      events={EVENTS}
      subagents={[]}
      sessions={[]}
      only={new Set()}
      whole={WHOLE}
      view={useLaneSpan(WHOLE, false)}
      unknownUntil={unknownUntil}
      at={null}
      live={false}
      selected="read"
      bookmarked={new Set()}
      standing={new Map()}
      onSelect={onSelect}
      onTask={() => {}}
      onEarlier={() => {}}
    />
  );
}

test("the selected event is told in words, and keys lead from lane to lane", () => {
  const onSelect = vi.fn();
  render(<Shown onSelect={onSelect} />);
  const text = screen.getByRole("status").textContent;
  expect(text).toMatch(/^Exploration: Read greet\.py, Tool, .*, 1\.5 s, Failed$/);
  fireEvent.keyDown(screen.getByRole("application"), { key: "ArrowUp" });
  expect(onSelect).toHaveBeenLastCalledWith("ask");
});

test("counts of what is not all loaded say so, and the rest can be asked for", () => {
  render(<Shown onSelect={() => {}} unknownUntil={BEGIN} />);
  const lanes = screen.getByRole("region", { name: "Lanes" });
  expect(within(lanes).getAllByText(/^\d+\+$/)).toHaveLength(8);
  expect(screen.getByRole("button", { name: "Load earlier events" })).toBeTruthy();
});

test("a key settles a moment, a key that is held down when it is let go", () => {
  const onAt = vi.fn();
  const bar = { events: EVENTS, all: WHOLE, whole: WHOLE, unknownUntil: null, fresh: 0 };
  render(<TimeBar {...bar} at={null} onAt={onAt} window={null} onWindow={() => {}} />);
  const slider = screen.getByRole("slider", { name: "Moment that is shown" });
  expect(slider.getAttribute("aria-valuetext")).toBe("now");
  fireEvent.keyDown(slider, { key: "," });
  expect(onAt.mock.calls).toEqual([
    [BEGIN + 1_000, false],
    [BEGIN + 1_000, true],
  ]);
  fireEvent.keyUp(slider, { key: "," });
  onAt.mockClear();
  fireEvent.keyDown(slider, { key: "ArrowLeft", repeat: true });
  expect(onAt.mock.calls).toEqual([[BEGIN + 9_900, false]]);
  fireEvent.keyUp(slider, { key: "ArrowLeft" });
  expect(onAt).toHaveBeenLastCalledWith(BEGIN + 9_900, true);
});
