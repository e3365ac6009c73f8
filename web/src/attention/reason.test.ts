import { expect, test } from "vitest";
import { aTask } from "../testing/samples";
import { reasonOf } from "./reason";

const since = "2026-11-24T11:00:00.000Z";

test.each([
  ["Permission to run: cargo publish", "cargo publish"],
  ["Permission to use Write: notes.md", "Write: notes.md"],
  ["Permission to edit: *.ts", "edit: *.ts"],
])("%j is about %j", (detail, about) => {
  const task = aTask({ status: "waiting", activity: { state: "permission", since, detail } });
  expect(reasonOf(task)).toMatchObject({ label: "Needs permission", detail: about, since });
});

test("a guess is marked, and what an agent wrote is made plain", () => {
  const activity = {
    state: "interrupted",
    since,
    guess: true,
    detail: "gone\n\u202eaway",
  } as const;
  const { label, detail } = reasonOf(aTask({ status: "waiting", activity }));
  expect(label).toBe("Interrupted?");
  expect(detail).toBe("gone ⟨U+202E⟩away");
});
