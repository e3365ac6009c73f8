import type { ReactNode } from "react";
import { detailsOf, titleOf } from "../../event/details";
import { kindWord } from "../../event/kinds";
import type { Standing } from "../../event/standing";
import { taskState } from "../../event/status";
import { duration } from "../../format/duration";
import { plainLine } from "../../format/plain";
import { clock } from "../../format/time";
import { statusOf } from "../../lanes/told";
import type { Event, Task } from "../../wire.gen";
import { Elapsed } from "../common/Moments";

interface Props {
  x: number;
  y: number;
  /** How wide and high what it lies on is. */
  width: number;
  height: number;
  children: ReactNode;
}

const CARD_PX = 280;
/** As high as it gets, with a title of several lines. */
const CARD_HIGH_PX = 96;

/** A few words beside the pointer, on the side where there is room. */
export function HoverCard({ x, y, width, height, children }: Props) {
  const left = Math.max(0, Math.min(x + 12, width - CARD_PX));
  const below = y + 16 + CARD_HIGH_PX <= height || y < CARD_HIGH_PX;
  const place = below ? { top: y + 16 } : { bottom: height - y + 12 };
  return (
    <div className="hover-card" style={{ left, ...place }}>
      {children}
    </div>
  );
}

export function AboutEvent({ event, standing }: { event: Event; standing: Standing | undefined }) {
  const { toolStatus, durationMs } = detailsOf(event);
  const status = statusOf(event, standing);
  return (
    <>
      <strong dir="auto">{plainLine(titleOf(event), 120)}</strong>
      <span className="muted tabular">
        {plainLine(kindWord(event), 40)} · {clock(event.createdAt)}
        {durationMs !== undefined && ` · ${duration(durationMs)}`}
        {toolStatus === "running" && (
          <>
            {" · "}
            <Elapsed since={event.createdAt} />
          </>
        )}
      </span>
      {status && <span className={`tone-${status.tone} hover-status`}>{status.label}</span>}
    </>
  );
}

export function AboutAgent({ task }: { task: Task }) {
  const { label, tone } = taskState(task);
  return (
    <>
      <strong dir="auto">{plainLine(task.displayTitle, 120)}</strong>
      <span className="muted tabular">Subagent · {clock(task.createdAt)} · click to open it</span>
      <span className={`tone-${tone} hover-status`}>{label}</span>
    </>
  );
}
