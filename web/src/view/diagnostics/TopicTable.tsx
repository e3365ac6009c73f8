import type { TopicPlace } from "../../app/tally";
import { whole } from "../../format/number";
import { plainLine } from "../../format/plain";
import type { FollowPhase } from "../../live/follow/follower";

const PHASES: Readonly<Record<FollowPhase, string>> = {
  notSubscribed: "No connection",
  reading: "Reading",
  catchingUp: "Catching up",
  live: "Live",
  gone: "Deleted",
};

/** What is followed, and up to which commit it is known. */
export function TopicTable({ topics }: { topics: readonly TopicPlace[] }) {
  return (
    <section aria-label="Topics">
      <h2>Topics</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Topic</th>
            <th scope="col">State</th>
            <th scope="col" title="The number of the last commit that is known.">
              Cursor
            </th>
          </tr>
        </thead>
        <tbody>
          {topics.map(({ topic, phase, cursor }) => (
            <tr key={topic}>
              <th scope="row">{plainLine(topic, 80)}</th>
              <td>{PHASES[phase]}</td>
              <td>{cursor === null ? "–" : whole(cursor)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
