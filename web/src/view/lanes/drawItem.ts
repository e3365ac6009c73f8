import { titleOf } from "../../event/details";
import { plainLine } from "../../format/plain";
import type { AgentSpan } from "../../lanes/agents";
import type { Drawn } from "../../lanes/drawn";
import { edgesOf, type Sight } from "../../lanes/hit";
import { ROW_PX, topOf } from "../../lanes/tracks";
import { FONT, type Scene } from "./drawLanes";
import { diamond, dot, gap, pennant, ring, wedge } from "./drawMarks";
import type { Surface } from "./useCanvas";

/** In a shorter bar a title would be a few letters. */
const TITLE_LEAST_PX = 48;
const ROUND_LEAST_PX = 10;
/** Where the middle of what has no length is, from its left edge. */
const POINT_PX = 3;

export function drawItem(surface: Surface, scene: Scene, drawn: Drawn): void {
  const { context, colours } = surface;
  const { item, left, right } = drawn;
  const top = topOf(scene.tracks, item);
  const picked = item.event.id === scene.selected || item.event.id === scene.hovered;
  context.fillStyle = colours.lanes[item.lane] ?? colours.faint;
  if (drawn.count > 1) {
    drawCrowd(context, drawn, top);
    return;
  }
  if (item.look === "call") drawCall(surface, drawn, top, picked);
  else if (item.look === "prompt") diamond(context, left + POINT_PX, top + ROW_PX / 2);
  else if (item.look === "point") dot(context, left + POINT_PX, top + ROW_PX / 2);
  drawMarks(surface, scene, drawn, top);
  if (item.event.id === scene.selected) {
    context.strokeStyle = colours.accent;
    context.lineWidth = 2;
    context.strokeRect(left - 3, top - 3, Math.max(right - left, 8) + 6, ROW_PX + 6);
  }
}

function drawCall(surface: Surface, { item, left, right }: Drawn, top: number, picked: boolean) {
  const { context, colours } = surface;
  const wide = right - left;
  context.globalAlpha = picked ? 0.5 : 0.28;
  drawBody(context, left, top, wide);
  context.globalAlpha = 1;
  context.fillRect(left, top, 3, ROW_PX);
  if (item.loose) dashed(surface, left, top, wide, colours.faint);
  if (item.to === Number.POSITIVE_INFINITY) context.fillRect(right - 2, top, 2, ROW_PX);
  drawTitle(surface, titleOf(item.event), left, right, top);
}

/** Corners are rounded where there is something to see of them: a path costs more than a rectangle. */
function drawBody(context: CanvasRenderingContext2D, left: number, top: number, wide: number) {
  context.beginPath();
  if (wide < ROUND_LEAST_PX) context.rect(left, top, wide, ROW_PX);
  else context.roundRect(left, top, wide, ROW_PX, 3);
  context.fill();
}

/** More than can be told apart, without edges of its own: zooming in shows them. */
function drawCrowd(context: CanvasRenderingContext2D, { left, right }: Drawn, top: number): void {
  context.globalAlpha = 0.7;
  context.fillRect(left, top + 2, right - left, ROW_PX - 4);
  context.globalAlpha = 1;
}

function drawMarks({ context, colours }: Surface, scene: Scene, drawn: Drawn, top: number): void {
  const { item, left } = drawn;
  // A call that began before the left edge shows there what became of it.
  const middle = Math.max(left, 0) + POINT_PX;
  if (item.look === "gap") {
    context.strokeStyle = colours.waiting;
    gap(context, middle, top);
  }
  if (item.failed) {
    context.fillStyle = colours.bad;
    wedge(context, middle, top);
  }
  if (scene.standing.has(item.event.id)) {
    context.strokeStyle = colours.waiting;
    ring(context, middle, top + ROW_PX / 2);
  }
  if (scene.bookmarked.has(item.event.id)) {
    context.fillStyle = colours.accent;
    pennant(context, middle, top);
  }
}

/** A subagent: a frame, since what went on in it is elsewhere. */
export function drawAgent(surface: Surface, scene: Scene, sight: Sight, agent: AgentSpan): void {
  const { context, width, colours } = surface;
  const [left, right] = edgesOf(agent, sight);
  if (right < 0 || left > width) return;
  const top = topOf(scene.tracks, agent);
  context.strokeStyle = colours.lanes[agent.lane] ?? colours.faint;
  context.lineWidth = 1.5;
  context.beginPath();
  context.roundRect(left + 0.75, top + 0.75, Math.max(right - left - 1.5, 1), ROW_PX - 1.5, 3);
  context.stroke();
  drawTitle(surface, `↳ ${agent.task.displayTitle}`, left, right, top);
}

function dashed({ context }: Surface, x: number, y: number, wide: number, colour: string): void {
  context.save();
  context.setLineDash([3, 3]);
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.strokeRect(x + 0.5, y + 0.5, Math.max(wide - 1, 1), ROW_PX - 1);
  context.restore();
}

function drawTitle(
  { context, width, colours }: Surface,
  title: string,
  from: number,
  to: number,
  top: number,
): void {
  // What begins before the left edge is named where it can be seen.
  const [left, right] = [Math.max(from, 0) + 9, Math.min(to, width) - 4];
  if (right - left < TITLE_LEAST_PX) return;
  context.save();
  context.beginPath();
  context.rect(left, top, right - left, ROW_PX);
  context.clip();
  context.fillStyle = colours.text;
  context.font = FONT;
  context.textBaseline = "middle";
  context.fillText(plainLine(title, 120), left, top + ROW_PX / 2 + 0.5);
  context.restore();
}
