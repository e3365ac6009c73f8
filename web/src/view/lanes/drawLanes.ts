import { LANES } from "../../event/lanes";
import type { Standing } from "../../event/standing";
import type { AgentSpan } from "../../lanes/agents";
import { drawnOf } from "../../lanes/drawn";
import type { Sight } from "../../lanes/hit";
import type { LaneItem } from "../../lanes/items";
import type { Connector } from "../../lanes/relations";
import { xOf } from "../../lanes/scale";
import { labelledTicks } from "../../lanes/ticks";
import { AXIS_PX, type Tracks } from "../../lanes/tracks";
import type { EventId } from "../../wire.gen";
import { drawConnector } from "./drawConnector";
import { drawAgent, drawItem } from "./drawItem";
import type { Surface } from "./useCanvas";

export interface Scene extends Omit<Sight, "width"> {
  readonly items: readonly LaneItem[];
  readonly agents: readonly AgentSpan[];
  readonly tracks: Tracks;
  /** When sessions after the first began. */
  readonly sessions: readonly number[];
  readonly connectors: readonly Connector[];
  readonly selected: EventId | null;
  readonly hovered: EventId | null;
  readonly bookmarked: ReadonlySet<EventId>;
  readonly standing: ReadonlyMap<EventId, Standing>;
  /** The end of what is shown is now, and moves on. */
  readonly live: boolean;
  /** The moment that is looked at: nothing is known of what comes after it. */
  readonly at: number | null;
}

const TICK_PX = 110;
export const FONT = "11px system-ui, sans-serif";

export function drawLanes(surface: Surface, scene: Scene): void {
  const sight = { span: scene.span, width: surface.width, now: scene.now };
  const matters = (item: LaneItem) => isLoud(item, scene);
  drawTracks(surface, scene);
  drawTicks(surface, scene);
  for (const began of scene.sessions) drawSession(surface, scene, began);
  for (const pair of scene.connectors) drawConnector(surface, sight, scene.tracks, pair);
  for (const agent of scene.agents) drawAgent(surface, scene, sight, agent);
  for (const drawn of drawnOf(scene.items, sight, matters)) drawItem(surface, scene, drawn);
  drawNow(surface, scene);
}

/** What is drawn however crowded it is. */
function isLoud({ event, failed, look }: LaneItem, scene: Scene): boolean {
  const { selected, hovered, bookmarked, standing } = scene;
  const pointed = event.id === selected || event.id === hovered;
  const marked = failed || bookmarked.has(event.id) || standing.has(event.id);
  return pointed || marked || look === "gap" || look === "prompt";
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
  context.font = FONT;
  context.textBaseline = "middle";
  for (const tick of labelledTicks(span, Math.max(2, Math.floor(width / TICK_PX)))) {
    const x = Math.round(xOf(tick.moment, span, width));
    context.fillStyle = tick.newDay ? colours.strong : colours.line;
    context.fillRect(x, tick.newDay ? 0 : AXIS_PX, 1, tracks.height);
    context.fillStyle = tick.newDay ? colours.text : colours.faint;
    // Half a time at the edge would be another time.
    const fits = x + 4 + context.measureText(tick.label).width <= width;
    if (fits) context.fillText(tick.label, x + 4, AXIS_PX / 2);
  }
}

/** A dashed line where the agent was started again. */
function drawSession(
  { context, width, colours }: Surface,
  { span, tracks }: Scene,
  began: number,
): void {
  const x = Math.round(xOf(began, span, width)) + 0.5;
  if (x < 0 || x > width) return;
  context.save();
  context.setLineDash([4, 4]);
  context.strokeStyle = colours.faint;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x, AXIS_PX);
  context.lineTo(x, tracks.height);
  context.stroke();
  context.restore();
}

function drawNow({ context, width, colours }: Surface, scene: Scene): void {
  const { now, span, tracks, live, at } = scene;
  const x = xOf(now, span, width);
  if (at !== null && x < width) {
    // A veil over what had not happened yet.
    context.globalAlpha = 0.6;
    context.fillStyle = colours.line;
    context.fillRect(Math.max(x, 0), AXIS_PX, width, tracks.height);
    context.globalAlpha = 1;
  }
  if ((!live && at === null) || x < 0 || x > width + 1) return;
  context.fillStyle = at === null ? colours.accent : colours.waiting;
  const left = Math.min(x, width - 1.5);
  context.fillRect(left, AXIS_PX - 6, 1.5, tracks.height - AXIS_PX + 6);
  context.beginPath();
  context.arc(left + 0.75, AXIS_PX - 6, 3, 0, 2 * Math.PI);
  context.fill();
}
