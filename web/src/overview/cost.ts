import { dollars, tokens } from "../format/usage";
import { estimatedIn, type Sums, tokensIn } from "./sums";

/** Stands for what nobody told: that is not nothing. */
export const UNTOLD = "–";

/** How many tokens were used, as far as anybody told. */
export function tokensText(sums: Sums): string {
  return isTold(sums) ? tokens(tokensIn(sums)) : UNTOLD;
}

function isTold(sums: Sums): boolean {
  return sums.requests > 0 || tokensIn(sums) > 0 || sums.costMicros > 0;
}

/** What something cost: `$3.10`, `≈ $3.10` where we estimate, `≥ $3.10` where prices are missing. */
export function costText(sums: Sums): string {
  const { costMicros, unpriced } = sums;
  if (unpriced > 0) return costMicros > 0 ? `≥ ${dollars(costMicros)}` : "unpriced";
  if (!isTold(sums)) return UNTOLD;
  return estimatedIn(sums) > 0 ? `≈ ${dollars(costMicros)}` : dollars(costMicros);
}

/** Where the cost comes from, in sentences. */
export function costDetails(sums: Sums): string {
  const { reportedMicros, unpriced } = sums;
  const estimated = estimatedIn(sums);
  const lines: string[] = [];
  if (reportedMicros > 0) lines.push(`${dollars(reportedMicros)} as agents report it.`);
  if (estimated > 0) lines.push(`${dollars(estimated)} is our estimate, by list prices.`);
  if (unpriced > 0) lines.push(`No price is known for ${tokens(unpriced)} tokens.`);
  if (lines.length === 0)
    lines.push(tokensIn(sums) > 0 ? "It cost nothing." : "No use of models was reported.");
  return lines.join("\n");
}
