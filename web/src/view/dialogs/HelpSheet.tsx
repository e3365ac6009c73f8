import { useEffect, useRef } from "react";
import { LANES } from "../../event/lanes";
import { ALL, COMMANDS, GROUPS, infoOf, isApple, keySigns } from "../../keys/commands";
import { PageLink } from "../common/PlaceLink";
import { LaneDot } from "../timeline/LaneDot";

/** Every key, and what the lanes hold. */
export function HelpSheet({ onClose }: { onClose: () => void }) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => ref.current?.showModal(), []);
  return (
    <dialog ref={ref} className="dialog help" aria-label="Keys and lanes" onClose={onClose}>
      <div className="help-columns">
        {GROUPS.map((group) => (
          <KeyGroup key={group} group={group} />
        ))}
        <section>
          <h2>Lanes</h2>
          <dl className="keys">
            {LANES.map(({ id, label, holds }) => (
              <div key={id}>
                <dt>
                  <LaneDot lane={id} />
                  {label}
                </dt>
                <dd>{holds}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
      <div className="dialog-buttons">
        <PageLink to="/diagnostics" className="button" onClick={onClose}>
          Diagnostics
        </PageLink>
        <button type="button" className="button" onClick={onClose}>
          Close
        </button>
      </div>
    </dialog>
  );
}

function KeyGroup({ group }: { group: string }) {
  const apple = isApple(navigator.platform);
  const commands = ALL.filter((command) => COMMANDS[command].group === group);
  return (
    <section>
      <h2>{group}</h2>
      <dl className="keys">
        {commands.flatMap((command) => {
          const { title, keys } = infoOf(command);
          if (keys === undefined) return [];
          return (
            <div key={command}>
              <dt>
                {keys
                  .flatMap((key) => keySigns(key, apple))
                  .map((sign) => (
                    <kbd key={sign}>{sign}</kbd>
                  ))}
              </dt>
              <dd>{title}</dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
