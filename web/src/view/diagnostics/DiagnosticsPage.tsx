import type { ReactNode } from "react";
import { useApp } from "../../app/context";
import type { Counts, Diagnostics } from "../../app/tally";
import { useClock } from "../../app/ticker";
import { byteCount, whole } from "../../format/number";
import { plainLine } from "../../format/plain";
import { TopicTable } from "./TopicTable";

const STRATEGIES: Readonly<Record<Diagnostics["strategy"], string>> = {
  patch: "Patching: rows are taken from the frames themselves.",
  reread: "Reading again: a message says what changed, and it is read anew.",
};

const COUNTS: readonly (readonly [keyof Counts, string, (value: number) => string])[] = [
  ["connections", "Connections opened", whole],
  ["frames", "Frames received", whole],
  ["socketBytes", "Received over the socket", byteCount],
  ["httpBytes", "Received over HTTP", byteCount],
  ["rowsApplied", "Rows applied", whole],
  ["rowsIgnored", "Rows ignored, known already", whole],
  ["gaps", "Gaps", whole],
  ["unknownFrames", "Unknown frames and rows", whole],
];

/** How the page keeps up with the server, for whoever doubts that it does. */
export function DiagnosticsPage() {
  const { tally } = useApp();
  // Drawn once a second, however much there is to count.
  useClock((now) => Math.floor(now / 1_000));
  const { strategy, epoch, topics, counts, resyncs } = tally.read();
  return (
    <main className="page diagnostics">
      <h1>Diagnostics</h1>
      <p className="lead">{STRATEGIES[strategy]}</p>
      <div className="page-columns">
        <section aria-label="Since the page was opened">
          <h2>Since the page was opened</h2>
          <dl className="table wide">
            <Line name="Read again although held">
              <span className={counts.rereads > 0 && strategy === "patch" ? "tone-bad" : undefined}>
                {whole(counts.rereads)}
              </span>
            </Line>
            {COUNTS.map(([key, name, told]) => (
              <Line key={key} name={name}>
                {told(counts[key])}
              </Line>
            ))}
          </dl>
        </section>
        <section aria-label="Resyncs by reason">
          <h2>Resyncs by reason</h2>
          {Object.keys(resyncs).length === 0 && <p className="muted">None.</p>}
          <dl className="table wide">
            {Object.entries(resyncs).map(([reason, count]) => (
              <Line key={reason} name={reason}>
                {whole(count)}
              </Line>
            ))}
          </dl>
          <h2>History</h2>
          <p className="path">{epoch === null ? "Not known." : plainLine(epoch)}</p>
        </section>
      </div>
      {strategy === "patch" && <TopicTable topics={topics} />}
    </main>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="tabular">{children}</dd>
    </div>
  );
}
