import { z } from "zod";
import { account, accountDefaults } from "./accounts/account";
import { serviceLevels } from "./definition";
import { tier } from "./platform";
import { layered, release } from "./releases/release";

/** `definitions/accounts/<name>.yaml` */
export const accountFile = account.extend(layered);

/** `definitions/releases/<name>.yaml` */
export const releaseFile = release.extend(layered);

/** `definitions/tiers/<name>.yaml` */
export const tierFile = tier.extend(layered);

/** `definitions/defaults.yaml` */
export const defaultsFile = z.strictObject({
  meta: z.unknown().optional(),
  ...layered,
  account_defaults: accountDefaults,
  tier_defaults: tier,
  sla_profiles: serviceLevels,
});
