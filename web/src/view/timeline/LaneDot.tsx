/** The colour of a lane. Always beside its name or in its track, never the only sign. */
export function LaneDot({ lane }: { lane: string }) {
  return <span className="lane-dot" data-lane={lane} aria-hidden="true" />;
}
