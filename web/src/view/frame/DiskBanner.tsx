import { useMonitor } from "../../app/context";

/** Says that nothing new is stored, for as long as that is so. */
export function DiskBanner() {
  const full = useMonitor((state) => state.diskFull);
  return (
    <div role="alert">
      {full && (
        <div className="notice tone-bad">
          The disk is full: what agents report is refused until space is freed. What you see is what
          was stored before.
        </div>
      )}
    </div>
  );
}
