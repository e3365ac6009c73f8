import { edgesOf, type Sight } from "../../lanes/hit";
import type { Box } from "../../lanes/items";
import type { Connector } from "../../lanes/relations";
import { ROW_PX, type Tracks, topOf } from "../../lanes/tracks";
import type { Surface } from "./useCanvas";

const BEND_LEAST_PX = 18;
const BEND_MOST_PX = 90;

/** A curve from the start of one to the start of the other, with a knob at both. */
export function drawConnector(
  { context, colours }: Surface,
  sight: Sight,
  tracks: Tracks,
  [one, other]: Connector,
): void {
  const place = (box: Box) => ({
    x: edgesOf(box, sight)[0],
    y: topOf(tracks, box) + ROW_PX / 2,
  });
  const [a, b] = [place(one), place(other)];
  const bend = Math.min(Math.max(BEND_LEAST_PX, Math.abs(b.x - a.x) / 2), BEND_MOST_PX);
  context.strokeStyle = colours.accent;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(a.x, a.y);
  context.bezierCurveTo(a.x - bend, a.y, b.x - bend, b.y, b.x, b.y);
  context.stroke();
  context.fillStyle = colours.accent;
  for (const { x, y } of [a, b]) {
    context.beginPath();
    context.arc(x, y, 2.5, 0, 2 * Math.PI);
    context.fill();
  }
}
