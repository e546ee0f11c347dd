#!/usr/bin/env node
import { launch } from "../launch.mjs";

await launch("cli/fleet.ts", process.argv.slice(2));
