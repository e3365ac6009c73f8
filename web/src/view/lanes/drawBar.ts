import type { Density } from "../../lanes/density";
import { type Span, xOf } from "../../lanes/scale";
import type { Surface } from "./useCanvas";

/** How many events there are in each slice, lane on lane; the fullest slice is as high as the bar. */
export function drawDensity({ context, width, height, colours }: Surface, density: Density): void {
  const { counts, most, failed } = density;
  const slices = counts[0]?.length ?? 0;
  if (most === 0 || slices === 0) return;
  const wide = width / slices;
  for (let slice = 0; slice < slices; slice += 1) {
    let bottom = height - 1;
    for (const [lane, slots] of counts.entries()) {
      const count = slots[slice] ?? 0;
      if (count === 0) continue;
      // A slice with a single event must still be seen.
      const high = Math.max(2, (count / most) * (height - 7));
      context.fillStyle = colours.lanes[lane] ?? colours.faint;
      context.fillRect(slice * wide, bottom - high, Math.max(1, wide - 0.5), high);
      bottom -= high;
    }
    if (failed[slice]) drawFailure(context, slice * wide, colours.bad);
  }
}

/** A notch at the top: where something went wrong is found without looking through all. */
function drawFailure(context: CanvasRenderingContext2D, x: number, colour: string): void {
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(x - 2, 0);
  context.lineTo(x + 4, 0);
  context.lineTo(x + 1, 5);
  context.fill();
}

/** Time of which nothing is loaded. */
export function drawUnknown(
  { context, width, height, colours }: Surface,
  unknown: Span,
  whole: Span,
) {
  const [from, to] = [xOf(unknown.from, whole, width), xOf(unknown.to, whole, width)];
  if (to - from < 1) return;
  context.save();
  context.beginPath();
  context.rect(from, 0, to - from, height);
  context.clip();
  context.strokeStyle = colours.strong;
  context.lineWidth = 1;
  context.beginPath();
  for (let x = from - height; x < to; x += 6) {
    context.moveTo(x, height);
    context.lineTo(x + height, 0);
  }
  context.stroke();
  context.restore();
}
