import { plainLine } from "../format/plain";
import type { Event } from "../wire.gen";
import { type Fields, fieldsOf, inputOf, known, listOf, textOf } from "./read";

/** What the agent asks its person, and what was answered as far as that is told. */
export interface Question {
  readonly asks: readonly Ask[];
  readonly open: boolean;
  /** An answer that belongs to none of the asks alone. */
  readonly answer?: string;
}

export interface Ask {
  readonly text: string;
  readonly topic?: string;
  readonly options: readonly Option[];
  readonly answer?: string;
}

export interface Option {
  readonly label: string;
  readonly explains?: string;
  readonly chosen: boolean;
}

export function questionOf(event: Event): Question | null {
  const { kind, metadata, body, title } = event;
  if (kind !== "question.logged") return null;
  const input = inputOf(event);
  const answers = fieldsOf(fieldsOf(metadata.toolResponse).answers);
  const list = listOf(input, "questions").map(fieldsOf);
  const asked = list.length > 0 ? list : [input];
  const asks = asked.flatMap((fields) => askOf(fields, answers) ?? []);
  const told = asks.some(({ answer }) => answer !== undefined);
  return known<Question>({
    asks: asks.length > 0 ? asks : [{ text: body ?? title, options: [] }],
    open: metadata.questionPhase === "asked",
    answer: told ? undefined : textOf(metadata, "answer", "output"),
  });
}

function askOf(fields: Fields, answers: Fields): Ask | null {
  const text = textOf(fields, "question");
  if (text === undefined) return null;
  const answer = textOf(answers, text);
  const chosen = new Set(answer === undefined ? [] : [answer, ...answer.split(", ")]);
  return known<Ask>({
    text,
    topic: textOf(fields, "header"),
    options: listOf(fields, "options", "choices").flatMap(
      (option) => optionOf(option, chosen) ?? [],
    ),
    answer,
  });
}

function optionOf(option: unknown, chosen: ReadonlySet<string>): Option | null {
  const label = typeof option === "string" ? option : textOf(fieldsOf(option), "label", "value");
  if (label === undefined || plainLine(label) === "") return null;
  const explains = textOf(fieldsOf(option), "description");
  return known<Option>({ label, explains, chosen: chosen.has(label) });
}
