import type { Section } from "../../attention/sections";
import { whole } from "../../format/number";
import { plainLine } from "../../format/plain";
import { Icon } from "../common/Icon";

interface Props {
  section: Section;
  shut: boolean;
  onToggle: (key: string) => void;
}

/** The head of a section: what stands in it and how much, and whether it is open. */
export function SectionHead({ section, shut, onToggle }: Props) {
  const { key, title, subtitle, count, partial, needing } = section;
  return (
    <h3 className="section-head">
      <button type="button" aria-expanded={!shut} onClick={() => onToggle(key)}>
        <Icon name="chevron" />
        <span className="section-title">{plainLine(title)}</span>
        {subtitle !== undefined && <span className="section-subtitle">{plainLine(subtitle)}</span>}
        {needing !== undefined && needing > 0 && (
          <span className="section-needing tone-waiting">
            {needing === 1 ? "1 needs you" : `${whole(needing)} need you`}
          </span>
        )}
        <span
          className="section-count"
          title={partial === true ? "Only loaded tasks are counted" : undefined}
        >
          {whole(count)}
          {partial === true && "+"}
        </span>
      </button>
    </h3>
  );
}
