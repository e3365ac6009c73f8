import { expect, test } from "vitest";
import { Tabs } from "./attentionTabs";

interface Request {
  name: string;
  shared: boolean;
  run: () => Promise<void>;
}

/** The locks of a browser, of which several tabs ask. */
class FakeLocks {
  held: Request[] = [];
  waiting: Request[] = [];

  request(name: string, ...rest: unknown[]): Promise<void> {
    const run = rest.at(-1) as Request["run"];
    this.waiting.push({ name, shared: rest.length > 1, run });
    this.#grant();
    return Promise.resolve();
  }

  query = async () => ({ held: this.held.map(({ name }) => ({ name })), pending: [] });

  drop(name: string): void {
    this.held = this.held.filter((lock) => lock.name !== name);
    this.#grant();
  }

  #grant(): void {
    const free = ({ name, shared }: Request) =>
      !this.held.some((lock) => lock.name === name && !(shared && lock.shared));
    for (const request of this.waiting.filter(free)) {
      this.waiting = this.waiting.filter((other) => other !== request);
      this.held.push(request);
      void request.run().then(() => {
        this.held = this.held.filter((other) => other !== request);
      });
    }
  }
}

const tabsOn = (locks: FakeLocks) => new Tabs(locks as unknown as LockManager);

test("one tab calls for all, and when it goes another one does", () => {
  const locks = new FakeLocks();
  const [first, second] = [tabsOn(locks), tabsOn(locks)];
  first.start();
  second.start();
  expect([first.isLeader(), second.isLeader()]).toEqual([true, false]);
  locks.drop("agent-tracer.leader");
  expect(second.isLeader()).toBe(true);
});

test("each tab knows what is looked at in the others", async () => {
  const locks = new FakeLocks();
  const [first, second] = [tabsOn(locks), tabsOn(locks)];
  second.look("a b");
  expect([...(await first.lookedAt())]).toEqual(["a b"]);
  first.look("a b");
  second.look("c");
  await Promise.resolve();
  expect([...(await first.lookedAt())].sort()).toEqual(["a b", "c"]);
  second.look(null);
  await Promise.resolve();
  expect([...(await first.lookedAt())]).toEqual(["a b"]);
});

test("without locks a tab knows its own", async () => {
  const tabs = new Tabs(undefined);
  tabs.start();
  tabs.look("a");
  expect(tabs.isLeader()).toBe(false);
  expect([...(await tabs.lookedAt())]).toEqual(["a"]);
});
