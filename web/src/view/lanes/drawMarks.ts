import { ROW_PX } from "../../lanes/tracks";

type Context = CanvasRenderingContext2D;

/*
 * What must be seen stands out by its shape, so that it does without colour: a prompt is a diamond,
 * a failure a wedge over its bar, what waits a ring, a gap a break, a bookmark a pennant.
 */

export function diamond(context: Context, x: number, y: number): void {
  polygon(context, [
    [x, y - 7],
    [x + 7, y],
    [x, y + 7],
    [x - 7, y],
  ]);
}

export function dot(context: Context, x: number, y: number): void {
  context.beginPath();
  context.arc(x, y, 4, 0, 2 * Math.PI);
  context.fill();
}

export function wedge(context: Context, x: number, top: number): void {
  polygon(context, [
    [x - 5, top - 5],
    [x + 5, top - 5],
    [x, top + 4],
  ]);
}

export function pennant(context: Context, x: number, top: number): void {
  context.fillRect(x - 0.75, top - 6, 1.5, ROW_PX + 6);
  polygon(context, [
    [x, top - 6],
    [x + 8, top - 3],
    [x, top],
  ]);
}

export function ring(context: Context, x: number, y: number): void {
  context.lineWidth = 2;
  context.beginPath();
  context.arc(x, y, 6, 0, 2 * Math.PI);
  context.stroke();
}

/** Two slanted strokes with nothing between them. */
export function gap(context: Context, x: number, top: number): void {
  context.lineWidth = 2;
  context.beginPath();
  for (const shift of [0, 5]) {
    context.moveTo(x + shift - 2, top + ROW_PX + 3);
    context.lineTo(x + shift + 2, top - 3);
  }
  context.stroke();
}

function polygon(context: Context, points: readonly (readonly [number, number])[]): void {
  context.beginPath();
  for (const [x, y] of points) context.lineTo(x, y);
  context.closePath();
  context.fill();
}
