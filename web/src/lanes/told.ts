import { detailsOf, titleOf } from "../event/details";
import { kindWord } from "../event/kinds";
import { laneLabel } from "../event/lanes";
import type { Standing } from "../event/standing";
import { STANDING, type StatusInfo, TOOL_STATUS } from "../event/status";
import { duration } from "../format/duration";
import { plainLine } from "../format/plain";
import { clock } from "../format/time";
import type { Event } from "../wire.gen";

/** How a call or question stands; of what just happened there is nothing to say. */
export function statusOf(event: Event, standing: Standing | undefined): StatusInfo | undefined {
  const { toolStatus } = detailsOf(event);
  return standing === undefined ? toolStatus && TOOL_STATUS[toolStatus] : STANDING[standing];
}

/** An event in a sentence, for those who do not see the canvas. */
export function told(event: Event, standing: Standing | undefined): string {
  const { durationMs } = detailsOf(event);
  const parts = [
    `${laneLabel(event.lane)}: ${plainLine(titleOf(event), 160)}`,
    plainLine(kindWord(event), 40),
    clock(event.createdAt),
    durationMs === undefined ? "" : duration(durationMs),
    statusOf(event, standing)?.label ?? "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}
