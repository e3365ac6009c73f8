import { useMemo } from "react";
import { type Answer, curveOf, stepPath } from "../../../facts/curve";
import { counted } from "../../../format/number";
import { clock } from "../../../format/time";

const WIDTH = 400;
const HEIGHT = 48;

interface Props {
  name: string;
  answers: readonly Answer[];
  measure: (answer: Answer) => number;
  format: (value: number) => string;
}

/** A sum over the time of the task. */
export function CurveChart({ name, answers, measure, format }: Props) {
  const curve = useMemo(() => curveOf(answers, measure), [answers, measure]);
  if (curve === null) return null;
  const [first, last] = [curve.points[0], curve.points.at(-1)];
  const told = `${name}: ${format(curve.total)} over ${counted(answers.length, "answer")}`;
  return (
    <figure className="curve">
      <figcaption>
        <span>{name}</span>
        <b className="tabular">{format(curve.total)}</b>
        <span className="muted">{counted(answers.length, "answer")}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={told}
      >
        <path className="curve-area" d={stepPath(curve, WIDTH, HEIGHT, true)} />
        <path className="curve-line" d={stepPath(curve, WIDTH, HEIGHT, false)} />
      </svg>
      <p className="curve-ends muted tabular" aria-hidden="true">
        <span>{first && clock(first.at)}</span>
        <span>{last && clock(last.at)}</span>
      </p>
    </figure>
  );
}
