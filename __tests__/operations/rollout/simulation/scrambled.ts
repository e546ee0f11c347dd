import type { RolloutFleet } from "../../../../operations/rollout/decide/fleet";
import type { History } from "../../../../operations/rollout/records/history";
import type { Stored } from "../../../../operations/rollout/records/record";
import type { Program } from "./program";
import { Broken } from "./promises";
import type { Random } from "./random";

/** The same records, in another order and some of them twice. */
export class Scrambled {
  private readonly history: History;
  private readonly waiting: Stored[] = [];

  constructor(
    private readonly program: Program,
    private readonly random: Random,
  ) {
    this.history = new program.History();
  }

  add(record: Stored): void {
    this.waiting.splice(this.random.below(this.waiting.length + 1), 0, record);
    if (this.random.chance(0.1)) this.waiting.push(record);
    if (this.waiting.length > 40) this.deliver();
  }

  /** Throws if decisions by these records differ from decisions by the records in their order. */
  compare(fleet: RolloutFleet, ordered: History, now: number): void {
    while (this.waiting.length > 0) this.deliver();
    const [own, theirs, again] = [this.history, ordered, ordered].map((each) =>
      JSON.stringify(this.program.decide(fleet, each, now)),
    );
    if (own !== theirs)
      throw new Broken("the same answer for the same records", "the order of records changes a decision");
    if (again !== theirs)
      throw new Broken("the same answer for the same records", "a second question has another answer");
  }

  private deliver(): void {
    const [record] = this.waiting.splice(this.random.below(this.waiting.length), 1);
    if (record !== undefined) this.history.add(record);
  }
}
