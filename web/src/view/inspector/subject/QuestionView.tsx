import { plain, plainLine } from "../../../format/plain";
import type { Ask, Option, Question } from "../../../subject/question";
import { Icon } from "../../common/Icon";
import { Elapsed } from "../../common/Moments";
import { useInspected } from "../inspected";
import { Block } from "../text/Block";
import { TextBlock } from "../text/TextBlock";

/** What the agent asks, what one could answer, and what was answered. */
export function QuestionView({ asks, open, answer }: Question) {
  const { event } = useInspected();
  return (
    <>
      <Block
        name={asks.length > 1 ? "Questions" : "Question"}
        {...(open ? { tone: "waiting" as const } : {})}
        tools={
          open && (
            <span className="badge tone-waiting tabular">
              unanswered for <Elapsed since={event.createdAt} />
            </span>
          )
        }
      >
        {asks.map((ask) => (
          <AskView key={ask.text} ask={ask} open={open} />
        ))}
      </Block>
      {answer !== undefined && <TextBlock name="Answer" text={answer} field="answer" />}
    </>
  );
}

function AskView({ ask, open }: { ask: Ask; open: boolean }) {
  const { text, topic, options, answer } = ask;
  const isOption = options.some(({ chosen }) => chosen);
  return (
    <div className="ask">
      {topic !== undefined && <span className="badge">{plainLine(topic, 40)}</span>}
      <p className="ask-text">{plain(text)}</p>
      <ul className="options">
        {options.map((option) => (
          <OptionView key={option.label} option={option} />
        ))}
      </ul>
      {answer !== undefined && !isOption && <p className="ask-answer">{plain(answer)}</p>}
      {answer === undefined && !open && options.length > 0 && (
        <p className="muted">What was chosen is not told here.</p>
      )}
    </div>
  );
}

function OptionView({ option: { label, explains, chosen } }: { option: Option }) {
  return (
    <li data-chosen={chosen}>
      <span className="option-mark">{chosen && <Icon name="check" />}</span>
      <span>
        {chosen && <span className="visually-hidden">Chosen: </span>}
        <b>{plainLine(label, 200)}</b>
        {explains !== undefined && <span className="muted"> {plain(explains)}</span>}
      </span>
    </li>
  );
}
