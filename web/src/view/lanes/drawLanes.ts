import { titleOf } from "../../event/details";
import { LANES } from "../../event/lanes";
import { plainLine } from "../../format/plain";
import { clock } from "../../format/time";
import { edgesOf } from "../../lanes/hit";
import type { LaneItem } from "../../lanes/items";
import type { Connector } from "../../lanes/relations";
import { type Span, ticksOf, xOf } from "../../lanes/scale";
import { AXIS_PX, ROW_PX, type Tracks, topOf } from "../../lanes/tracks";
import type { EventId } from "../../wire.gen";
import type { Surface } from "./useCanvas";

export interface Scene {
  readonly items: readonly LaneItem[];
  readonly tracks: Tracks;
  readonly span: Span;
  /** Where calls that run end, and where the line of now is. */
  readonly now: number;
  /** Nothing is loaded before this; null where all is. */
  readonly unknownUntil: number | null;
  readonly connectors: readonly Connector[];
  readonly selected: EventId | null;
  readonly hovered: EventId | null;
  /** The end of what is shown is now, and moves on. */
  readonly live: boolean;
}

const TICK_PX = 110;
/** In a shorter bar a title would be a few letters. */
const TITLE_LEAST_PX = 48;

export function drawLanes(surface: Surface, scene: Scene): void {
  drawTracks(surface, scene);
  drawTicks(surface, scene);
  for (const connector of scene.connectors) drawConnector(surface, scene, connector);
  for (const item of scene.items) drawItem(surface, scene, item);
  drawNow(surface, scene);
}

function drawTracks({ context, width, colours }: Surface, { tracks }: Scene): void {
  for (const [lane] of LANES.entries()) {
    const [top, height] = [tracks.tops[lane] ?? 0, tracks.heights[lane] ?? 0];
    context.fillStyle = lane % 2 === 0 ? colours.surface : colours.sunken;
    context.fillRect(0, top, width, height);
    context.fillStyle = colours.line;
    context.fillRect(0, top + height - 1, width, 1);
  }
}

function drawTicks({ context, width, colours }: Surface, { span, tracks }: Scene): void {
  const { moments, stepMs } = ticksOf(span, Math.max(2, Math.floor(width / TICK_PX)));
  context.font = "11px system-ui, sans-serif";
  context.textBaseline = "middle";
  for (const moment of moments) {
    const x = Math.round(xOf(moment, span, width)) + 0.5;
    context.fillStyle = colours.line;
    context.fillRect(x, AXIS_PX, 1, tracks.height - AXIS_PX);
    context.fillStyle = colours.faint;
    context.fillText(tickText(moment, stepMs), x + 4, AXIS_PX / 2);
  }
}

/** As fine as the ticks are. */
function tickText(moment: number, stepMs: number): string {
  const iso = new Date(moment).toISOString();
  if (stepMs < 1_000) return `${clock(iso)}${iso.slice(19, 23)}`;
  return stepMs < 60_000 ? clock(iso) : clock(iso).slice(0, 5);
}

function drawItem({ context, width, colours }: Surface, scene: Scene, item: LaneItem): void {
  const [from, to] = edgesOf(item, scene.span, width, scene.now);
  if (to < 0 || from > width) return;
  const top = topOf(scene.tracks, item);
  const colour = colours.lanes[item.lane] ?? colours.faint;
  const picked = item.event.id === scene.selected || item.event.id === scene.hovered;
  context.fillStyle = colour;
  if (item.look === "call") {
    context.globalAlpha = picked ? 0.55 : 0.3;
    rounded(context, from, top, to - from, ROW_PX);
    context.globalAlpha = 1;
    context.fillRect(from, top, 3, ROW_PX);
    drawTitle({ context, colours }, item, from, to, top, width);
  } else {
    drawPoint(context, item, from + 3, top + ROW_PX / 2);
  }
  if (item.failed || item.look === "gap") {
    context.fillStyle = item.failed ? colours.bad : colours.waiting;
    context.fillRect(from, top + ROW_PX - 3, Math.max(6, to - from), 3);
  }
  if (item.event.id === scene.selected) {
    context.strokeStyle = colours.accent;
    context.lineWidth = 2;
    context.strokeRect(from - 2, top - 2, Math.max(to - from, 8) + 4, ROW_PX + 4);
  }
}

/** A prompt is a diamond, anything else at one moment a dot: told apart without colour. */
function drawPoint(context: CanvasRenderingContext2D, item: LaneItem, x: number, y: number): void {
  context.beginPath();
  if (item.look === "prompt") {
    context.moveTo(x, y - 7);
    context.lineTo(x + 7, y);
    context.lineTo(x, y + 7);
    context.lineTo(x - 7, y);
  } else context.arc(x, y, 4, 0, 2 * Math.PI);
  context.fill();
}

function drawTitle(
  { context, colours }: Pick<Surface, "context" | "colours">,
  { event }: LaneItem,
  from: number,
  to: number,
  top: number,
  width: number,
): void {
  // What begins before the left edge is named where it can be seen.
  const [left, right] = [Math.max(from, 0) + 7, Math.min(to, width) - 4];
  if (right - left < TITLE_LEAST_PX) return;
  context.save();
  context.beginPath();
  context.rect(left, top, right - left, ROW_PX);
  context.clip();
  context.fillStyle = colours.text;
  context.font = "11px system-ui, sans-serif";
  context.textBaseline = "middle";
  context.fillText(plainLine(titleOf(event), 120), left, top + ROW_PX / 2 + 0.5);
  context.restore();
}

function rounded(context: CanvasRenderingContext2D, x: number, y: number, w: number, h: number) {
  context.beginPath();
  context.roundRect(x, y, w, h, 3);
  context.fill();
}

function drawConnector({ context, width, colours }: Surface, scene: Scene, pair: Connector): void {
  const [a, b] = pair.map((item) => {
    const [from] = edgesOf(item, scene.span, width, scene.now);
    return { x: from, y: topOf(scene.tracks, item) + ROW_PX / 2 };
  });
  if (a === undefined || b === undefined) return;
  const bend = Math.max(24, Math.abs(b.x - a.x) / 2);
  context.strokeStyle = colours.accent;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(a.x, a.y);
  context.bezierCurveTo(a.x - bend, a.y, b.x - bend, b.y, b.x, b.y);
  context.stroke();
}

function drawNow({ context, width, colours }: Surface, { now, span, tracks, live }: Scene): void {
  const x = xOf(now, span, width);
  if (!live || x < 0 || x > width + 1) return;
  context.fillStyle = colours.accent;
  context.fillRect(Math.min(x, width - 1.5), AXIS_PX - 6, 1.5, tracks.height - AXIS_PX + 6);
}
