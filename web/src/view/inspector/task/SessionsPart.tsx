import { duration } from "../../../format/duration";
import { counted } from "../../../format/number";
import { plainLine } from "../../../format/plain";
import { fullTime, millis } from "../../../format/time";
import type { Session } from "../../../wire.gen";
import { Elapsed } from "../../common/Moments";
import { Block } from "../text/Block";

const SHOWN = 10;

/** The runs of the agent, the newest first. */
export function SessionsPart({ sessions }: { sessions: readonly Session[] }) {
  const newest = sessions.toReversed();
  return (
    <Block
      name="Sessions"
      tools={<span className="muted tabular">{counted(sessions.length, "session")}</span>}
    >
      <ul className="rows">
        {newest.slice(0, SHOWN).map((session) => (
          <li key={session.id}>
            <span className="tabular">{fullTime(session.startedAt)}</span>
            <span className="spacer" />
            <span className="muted tabular">
              {session.endedAt === undefined ? (
                <>
                  runs for <Elapsed since={session.startedAt} />
                </>
              ) : (
                duration(millis(session.endedAt) - millis(session.startedAt))
              )}
            </span>
            {session.summary !== undefined && (
              <span className="row-more muted">{plainLine(session.summary, 160)}</span>
            )}
          </li>
        ))}
      </ul>
      {newest.length > SHOWN && (
        <p className="muted">and {counted(newest.length - SHOWN, "earlier session")}</p>
      )}
    </Block>
  );
}
