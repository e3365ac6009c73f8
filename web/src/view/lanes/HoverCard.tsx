import { detailsOf, titleOf } from "../../event/details";
import { kindWord } from "../../event/kinds";
import type { Standing } from "../../event/standing";
import { STANDING, TOOL_STATUS } from "../../event/status";
import { duration } from "../../format/duration";
import { plainLine } from "../../format/plain";
import { clock } from "../../format/time";
import type { LaneItem } from "../../lanes/items";
import { Elapsed } from "../common/Moments";

interface Props {
  item: LaneItem;
  x: number;
  y: number;
  width: number;
  standing: Standing | undefined;
}

const CARD_PX = 280;

/** What the mouse points at, in a few words. */
export function HoverCard({ item: { event }, x, y, width, standing }: Props) {
  const { toolStatus, durationMs } = detailsOf(event);
  const status = standing ? STANDING[standing] : toolStatus && TOOL_STATUS[toolStatus];
  return (
    <div
      className="hover-card"
      style={{ left: Math.max(0, Math.min(x + 12, width - CARD_PX)), top: y + 16 }}
    >
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
    </div>
  );
}
